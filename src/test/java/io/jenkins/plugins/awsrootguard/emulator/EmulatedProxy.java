package io.jenkins.plugins.awsrootguard.emulator;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy in front of an embedded AWS, which requires a user name and a password. */
public final class EmulatedProxy implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger passed = new AtomicInteger();

    public EmulatedProxy(EmbeddedAws aws, String user, String password) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server.createContext("/", new Dispatcher(aws)).getFilters().add(new Filter() {
            @Override
            public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                if (expected.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                    passed.incrementAndGet();
                    chain.doFilter(exchange);
                    return;
                }
                exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
                exchange.sendResponseHeaders(407, -1);
                exchange.close();
            }

            @Override
            public String description() {
                return "requires the user of the proxy";
            }
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The number of requests with the right user name and password. */
    public int passed() {
        return passed.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
