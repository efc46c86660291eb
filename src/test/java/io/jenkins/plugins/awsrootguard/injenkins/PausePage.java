package io.jenkins.plugins.awsrootguard.injenkins;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page of a build's pauses, and the page of its results, in a browser. */
record PausePage(Page page) {

    Locator title() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    /** What the page says when the build is not paused. */
    Locator status() {
        return page.locator("#root-guard-heading [role=status]").first();
    }

    Locator section(String id) {
        return page.locator("section#" + id);
    }

    /** The result of the last check of a pause. */
    Locator result(String id) {
        return page.locator("#state-" + id);
    }

    Locator receipts() {
        return page.locator("#receipts");
    }

    Locator phases() {
        return page.locator(".root-guard-phases");
    }

    Locator dialog() {
        return page.locator("dialog[open]");
    }

    void checkNow() {
        button("Check now").click();
    }

    /** Allows the deletion of all keys that are held back. */
    void allowKeys() {
        for (Locator box : page.locator("input[name=key]").all()) {
            // Jenkins shows the label in place of the box.
            page.locator("label[for='" + box.getAttribute("id") + "']").click();
        }
    }

    void approve() {
        button("Approve plan").click();
    }

    void confirmDialog() {
        dialog().locator("button[data-id=ok]").click();
    }

    void cancelDialog() {
        dialog().locator("button[data-id=cancel]").click();
    }

    void stateThatThePasswordWasChanged() {
        page.getByText("I changed the root password").click();
        button("Confirm password change").click();
    }

    void openResults() {
        page.getByText("Open the results").click();
    }

    private Locator button(String text) {
        return page.locator("section").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(text));
    }
}
