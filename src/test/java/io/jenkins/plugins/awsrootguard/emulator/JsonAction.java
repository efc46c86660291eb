package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An action of a JSON 1.1 service. Fills the response, or throws. */
@FunctionalInterface
interface JsonAction {

    void answer(Call call, ObjectNode answer);
}
