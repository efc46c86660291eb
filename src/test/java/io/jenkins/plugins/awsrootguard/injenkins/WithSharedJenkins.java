package io.jenkins.plugins.awsrootguard.injenkins;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of all such classes one Jenkins, as a parameter of type {@link org.jvnet.hudson.test.JenkinsRule}. A test whose
 * {@code @BeforeEach} method has the parameter gets it without the jobs, users, credentials and settings of the tests before it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(SharedJenkins.class)
public @interface WithSharedJenkins {

    /** Whether the class needs a Jenkins of its own, for example because it has a {@code TestExtension}. */
    boolean alone() default false;
}
