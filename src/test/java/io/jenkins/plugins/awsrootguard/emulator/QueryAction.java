package io.jenkins.plugins.awsrootguard.emulator;

/** Answers one action of a Query protocol service: writes what goes inside the Result element, or throws. */
@FunctionalInterface
interface QueryAction {

    void answer(Call call, Xml xml);
}
