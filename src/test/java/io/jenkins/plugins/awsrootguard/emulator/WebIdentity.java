package io.jenkins.plugins.awsrootguard.emulator;

import java.util.Map;

/** The caller of AssumeRoleWithWebIdentity: the verified claims of its token. {@code tags} are the session tags in the token. */
record WebIdentity(OidcProvider provider, String subject, String audience, Map<String, String> tags) {}
