package io.jenkins.plugins.awsrootguard.emulator;

/** An action of a Query protocol service. Writes the content of the Result element, or throws. */
@FunctionalInterface
interface QueryAction {

    void answer(Call call, Xml xml);
}
