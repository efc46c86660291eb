package io.jenkins.plugins.awsrootguard.injenkins;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page of a build's results, and of each account, in a browser. */
record ResultsPage(Page page) {

    /** What is new since the reference build, in one line that opens the list. */
    Locator difference() {
        return page.locator("#difference summary");
    }

    Locator differences() {
        return page.locator("#difference ul");
    }

    Locator accounts() {
        return page.locator("#accounts tbody tr");
    }

    Locator changes() {
        return page.locator("#changes");
    }

    void search(String text) {
        page.locator("#accounts input[name=text]").fill(text);
        page.locator("#accounts button[type=submit]").click();
    }

    void openAccount(String id) {
        page.locator("#account-" + id + " a").click();
    }
}
