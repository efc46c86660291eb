package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers one action of a JSON 1.1 service: fills the answer's object, or throws. */
@FunctionalInterface
interface JsonAction {

    void answer(Call call, ObjectNode answer);
}
