package io.jenkins.plugins.awsrootguard.store;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** An XML file in JENKINS_HOME that has the fields of one object. Elements are named here, and do not follow a package. */
final class HomeFile {

    private static final Logger LOGGER = Logger.getLogger(HomeFile.class.getName());

    private final XStream2 xstream = new XStream2();
    private final String name;

    HomeFile(String name) {
        this.name = name;
    }

    HomeFile alias(String element, Class<?> type) {
        xstream.alias(element, type);
        return this;
    }

    void write(Saveable object) throws IOException {
        XmlFile file = file();
        file.write(object);
        SaveableListener.fireOnChange(object, file);
    }

    /** Reads the fields of the object. A damaged file is renamed, and the object keeps its fields. */
    void read(Saveable object) {
        XmlFile file = file();
        if (!file.exists()) {
            return;
        }
        try {
            file.unmarshal(object);
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

    private XmlFile file() {
        return new XmlFile(xstream, new File(Jenkins.get().getRootDir(), name));
    }
}
