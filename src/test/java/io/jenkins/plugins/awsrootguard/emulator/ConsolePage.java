package io.jenkins.plugins.awsrootguard.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The emulated AWS console, {@code /console/ACCOUNT_ID}: the tasks of a user that no API can do. */
final class ConsolePage implements HttpHandler {

    private final EmbeddedAws aws;

    ConsolePage(EmbeddedAws aws) {
        this.aws = aws;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Not in a try (exchange): to close an exchange without a response body closes the connection of the next
        // request.
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        EmulatedAccount account = aws.account(path.substring("/console/".length()));
        if (account == null) {
            send(exchange, 404, "text/plain", "No such account here.\n");
        } else if (exchange.getRequestMethod().equals("POST")) {
            try {
                act(account, form);
            } catch (AwsException e) {
                send(exchange, e.status, "text/plain", e.getMessage());
                return;
            }
            exchange.getResponseHeaders().set("Location", path);
            exchange.sendResponseHeaders(303, -1);
        } else {
            send(exchange, 200, "text/html", page(account));
        }
    }

    private void act(EmulatedAccount account, String form) {
        synchronized (aws) {
            RootUser root = account.root();
            switch (form) {
                case "do=virtual" -> root.enableVirtualMfa("root-" + Ids.lowerCase(6));
                case "do=hardware" -> root.enableHardwareMfa();
                case "do=password" -> root.changePassword();
                case "do=deactivate" -> root.deactivateMfa();
                default -> giveMfa(account, URLDecoder.decode(form, StandardCharsets.UTF_8));
            }
        }
    }

    private static void giveMfa(EmulatedAccount account, String form) {
        String prefix = "do=mfa:";
        EmulatedUser user = form.startsWith(prefix) ? account.user(form.substring(prefix.length())) : null;
        if (user != null) {
            user.enableVirtualMfa(user.name() + "-" + Ids.lowerCase(6));
        }
    }

    /** A row for each user. IAM's names have no characters that are special in HTML. */
    private static String users(EmulatedAccount account) {
        return account.users().stream()
                .map(user -> "<tr><th scope=\"row\">" + user.name() + "</th><td>"
                        + (user.mfaDevices().isEmpty() ? "no MFA" : "MFA") + "</td><td>"
                        + "<form method=\"post\"><button name=\"do\" value=\"mfa:" + user.name()
                        + "\">Assign an MFA device</button></form></td></tr>")
                .collect(Collectors.joining("\n"));
    }

    private static String page(EmulatedAccount account) throws IOException {
        RootUser root = account.root();
        String devices = root.mfaDevices().stream()
                .map(device -> (device.virtual() ? "virtual: " : "hardware or passkey: ") + device.serialNumber())
                .collect(Collectors.joining("<br>"));
        String keys = root.accessKeys().stream().map(AccessKey::toString).collect(Collectors.joining("<br>"));
        LoginProfile password = root.loginProfile();
        String changed = password == null ? "none" : password.changedAt() + "";
        try (InputStream template = ConsolePage.class.getResourceAsStream("console.html")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${account}", account.id())
                    .replace("${mfa}", devices.isEmpty() ? "none" : devices)
                    .replace("${keys}", keys.isEmpty() ? "none" : keys)
                    .replace(
                            "${certificates}",
                            String.valueOf(root.certificates().size()))
                    .replace("${users}", users(account))
                    .replace("${changed}", changed.equals("null") ? "not known" : changed)
                    .replace("${used}", root.passwordLastUsed() == null ? "never" : root.passwordLastUsed() + "");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
