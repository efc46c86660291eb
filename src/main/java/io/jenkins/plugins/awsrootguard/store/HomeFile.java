package io.jenkins.plugins.awsrootguard.store;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * An object whose fields are kept in an XML file in JENKINS_HOME. Elements are named by aliases, and do not follow a package.
 * Methods throw {@link UncheckedIOException} when the file cannot be written.
 */
abstract class HomeFile implements Saveable {

    private static final Logger LOGGER = Logger.getLogger(HomeFile.class.getName());

    private final transient XStream2 xstream = new XStream2();
    private final transient String name;

    /** @param aliases from the name of an element to its type */
    HomeFile(String name, Map<String, Class<?>> aliases) {
        this.name = name;
        aliases.forEach(xstream::alias);
    }

    /** Reads the fields. A damaged file is renamed, and the object keeps its fields. */
    final void load() {
        XmlFile file = file();
        if (!file.exists()) {
            return;
        }
        try {
            file.unmarshal(this);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "Could not read " + file + ". Jenkins continues without the stored data.");
            try {
                Path path = file.getFile().toPath();
                Files.move(path, path.resolveSibling(name + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failed) {
                LOGGER.log(Level.WARNING, failed, () -> "Could not rename " + file + ". It will be overwritten.");
            }
        }
    }

    /** To be called with the lock that protects the fields. */
    @Override
    public final void save() {
        XmlFile file = file();
        try {
            file.write(this);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not save " + name, e);
        }
        SaveableListener.fireOnChange(this, file);
    }

    private XmlFile file() {
        return new XmlFile(xstream, new File(Jenkins.get().getRootDir(), name));
    }
}
