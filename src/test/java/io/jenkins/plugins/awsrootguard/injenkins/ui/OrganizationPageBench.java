package io.jenkins.plugins.awsrootguard.injenkins.ui;

import hudson.model.FreeStyleBuild;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What {@code bin/bench page} measures; no test, and not run as one. */
@WithJenkins
class OrganizationPageBench {

    private static final int MANY = 2000;
    private static final int FEW = 3;
    private static final int WARM_UP = 30;
    private static final int RUNS = 51;

    @Test
    void page(JenkinsRule j) throws Exception {
        FreeStyleBuild few = j.buildAndAssertSuccess(j.createFreeStyleProject("few"));
        FreeStyleBuild many = j.buildAndAssertSuccess(j.createFreeStyleProject("many"));
        long before = size(many);
        SampleOrganization.fill(few, FEW);
        SampleOrganization.fill(many, MANY);
        many.save();
        URL small = new URL(j.getURL(), few.getUrl() + "aws-root-guard/");
        URL large = new URL(j.getURL(), many.getUrl() + "aws-root-guard/");
        URL filtered = new URL(large, "?text=team-19&verdict=At%20risk");
        double first = millis(large);
        for (int i = 0; i < WARM_UP; i++) {
            millis(small);
            millis(large);
            millis(filtered);
        }
        double ofFew = median(small);
        double ofMany = median(large);
        say(
                "build page of %,d accounts: %.0f ms (target 300), the first time %.0f ms; %.1f times that of %d accounts",
                MANY, ofMany, first, ofMany / ofFew, FEW);
        say("the same, filtered: %.0f ms", median(filtered));
        say("build.xml: %.1f bytes more an account (target 200)", (size(many) - before) / (double) MANY);
    }

    private static double median(URL url) throws IOException {
        double[] all = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            all[i] = millis(url);
        }
        Arrays.sort(all);
        return all[RUNS / 2];
    }

    /** From the request to the last byte of the page, without what a browser makes of it. */
    private static double millis(URL url) throws IOException {
        long start = System.nanoTime();
        try (InputStream in = url.openStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static long size(FreeStyleBuild build) throws IOException {
        Path xml = build.getRootDir().toPath().resolve("build.xml");
        return Files.size(xml);
    }

    private static void say(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ENGLISH, format, values));
    }
}
