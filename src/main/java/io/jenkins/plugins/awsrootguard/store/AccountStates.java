package io.jenkins.plugins.awsrootguard.store;

import hudson.model.Run;
import io.jenkins.plugins.awsrootguard.assessment.AccountState;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The states of one build's accounts: read when they are asked for, and held no longer than there is memory to spare. Not
 * thread-safe: {@link BuildStore} is the one user.
 */
final class AccountStates {

    private final Run<?, ?> run;
    private final Map<String, SoftReference<AccountState>> loaded = new HashMap<>();

    AccountStates(Run<?, ?> run) {
        this.run = run;
    }

    /** Empty when there is none, or when its file can't be read. */
    Optional<AccountState> get(String accountId) {
        SoftReference<AccountState> held = loaded.get(accountId);
        AccountState state = held == null ? null : held.get();
        if (state == null) {
            state = files(accountId).readState().state();
            if (state != null) {
                loaded.put(accountId, new SoftReference<>(state));
            }
        }
        return Optional.ofNullable(state);
    }

    /** Why there is a file that can't be read; empty when it can, or when there is none. */
    Optional<String> problem(String accountId) {
        return get(accountId).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(files(accountId).readState().problem());
    }

    /** Changes a state and stores it; a file that can't be read is put aside first. */
    AccountState change(String accountId, UnaryOperator<AccountState> change) throws IOException {
        AccountFiles files = files(accountId);
        // From the file: it counts also when the process ended before build.xml could name it.
        AccountFiles.Read before = files.readState();
        AccountState after = Objects.requireNonNull(change.apply(before.state()), "state");
        if (before.problem() != null) {
            files.setAsideState();
        }
        files.writeState(after);
        loaded.put(accountId, new SoftReference<>(after));
        return after;
    }

    /** The files of an account. Their folder is asked for each time: a job can be renamed. */
    AccountFiles files(String accountId) {
        return new AccountFiles(run.getRootDir(), accountId);
    }
}
