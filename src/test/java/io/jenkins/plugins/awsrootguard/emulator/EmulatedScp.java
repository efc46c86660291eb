package io.jenkins.plugins.awsrootguard.emulator;

/**
 * A service control policy that is attached to a root, an organizational unit or an account.
 *
 * @param target the id of the root, unit or account
 */
record EmulatedScp(String id, String name, String document, String target, PolicyDocument parsed) {

    EmulatedScp(String id, String name, String document, String target) {
        this(id, name, document, target, PolicyDocument.parse(document));
    }
}
