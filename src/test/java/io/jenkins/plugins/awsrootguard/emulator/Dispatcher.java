package io.jenkins.plugins.awsrootguard.emulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Calls the service and action of a request, and writes the response in the protocol of the service. */
final class Dispatcher implements HttpHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedAws aws;
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Map<String, QueryService> queryServices;
    private final Map<String, Map<String, JsonAction>> jsonServices = new HashMap<>();

    Dispatcher(EmbeddedAws aws) {
        this.aws = aws;
        this.authenticator = new Authenticator(aws);
        this.authorizer = new Authorizer(aws.faults());
        this.queryServices = Map.of("iam", QueryService.iam(), "sts", QueryService.sts());
        jsonServices.put("account", new HashMap<>());
        jsonServices.put("cloudtrail", new HashMap<>());
        jsonServices.put("organizations", new HashMap<>());
        AccountActions.addTo(jsonServices.get("account"));
        CloudTrailActions.addTo(jsonServices.get("cloudtrail"));
        OrganizationsActions.addTo(jsonServices.get("organizations"));
        jsonServices.put("sqs", QueueActions.ACTIONS);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        AwsRequest request = AwsRequest.read(exchange);
        String requestId = UUID.randomUUID().toString();
        String qualifiedAction = request.service() + ":" + request.action();
        pause(qualifiedAction);
        Hold hold = aws.faults().takeHold(qualifiedAction);
        if (hold != null) {
            if (hold.isCarriedOut()) {
                answer(request, requestId, null);
            }
            hold.hold();
            exchange.close();
            return;
        }
        Faults.Fault fault = aws.faults().take(qualifiedAction);
        Answer answer = answer(request, requestId, fault);
        answer.send(
                exchange,
                fault == null ? null : fault.kind(),
                body -> aws.faults().rewritten(qualifiedAction, body));
    }

    private Answer answer(AwsRequest request, String requestId, Faults.Fault fault) {
        Principal principal = null;
        int status = 200;
        String code = null;
        try {
            principal = authenticator.authenticate(request);
            fail(request, fault);
            if (aws.faults().throttled(principal.arn(), request.service() + ":" + request.action())) {
                fail(request, Faults.THROTTLED);
            }
            Call call = new Call(aws, request, principal);
            // One call at a time, so that a response is from one state.
            synchronized (aws) {
                return request.json()
                        ? json(call, requestId)
                        : request.service().equals("s3") ? bucket(call, requestId) : query(call, requestId);
            }
        } catch (AwsException e) {
            status = e.status;
            code = e.code;
            return error(request, requestId, e);
        } catch (RuntimeException e) {
            // An error of the emulator. The response names it, so that the test shows it.
            AwsException failure = new AwsException(500, "InternalFailure", "Emulator: " + e);
            status = failure.status;
            code = failure.code;
            return error(request, requestId, failure);
        } finally {
            aws.record(new RecordedCall(
                    aws.clock().instant(),
                    request.service(),
                    request.action(),
                    principal == null ? null : principal.arn(),
                    request.signature() == null ? null : request.signature().accessKeyId(),
                    request.recordable(),
                    status,
                    code));
        }
    }

    private static void fail(AwsRequest request, Faults.Fault fault) {
        if (fault != null && fault.kind() == Faults.Kind.ERROR) {
            throw new AwsException(fault.status(), fault.code(), fault.message());
        }
        if (fault != null && fault.kind() == Faults.Kind.THROTTLE) {
            throw new AwsException(400, request.json() ? "ThrottlingException" : "Throttling", fault.message());
        }
    }

    private Answer query(Call call, String requestId) {
        QueryService service = queryServices.get(call.service());
        QueryAction action = service == null ? null : service.actions().get(call.action());
        if (action == null) {
            throw new AwsException(
                    400,
                    "InvalidAction",
                    "Could not find operation " + call.action() + " in the emulated " + call.service());
        }
        authorizer.check(call);
        Xml result = new Xml();
        action.answer(call, result);
        Xml xml = new Xml().open(call.action() + "Response", service.namespace());
        if (!result.isEmpty()) {
            xml.open(call.action() + "Result").append(result).close();
        }
        xml.open("ResponseMetadata").put("RequestId", requestId).close().close();
        return new Answer(200, "text/xml", xml.toString(), requestId);
    }

    private Answer bucket(Call call, String requestId) {
        if (!call.action().endsWith("BucketPolicy")) {
            throw new AwsException(501, "NotImplemented", "Not emulated: " + call.qualifiedAction());
        }
        authorizer.check(call);
        String policy = BucketActions.answer(call);
        return new Answer(policy.isEmpty() ? 204 : 200, "application/json", policy, requestId);
    }

    private Answer json(Call call, String requestId) {
        JsonAction action = jsonServices.getOrDefault(call.service(), Map.of()).get(call.action());
        if (action == null) {
            throw new AwsException(400, "UnknownOperationException", "Not emulated: " + call.qualifiedAction());
        }
        authorizer.check(call);
        ObjectNode answer = JSON.createObjectNode();
        action.answer(call, answer);
        return new Answer(200, "application/x-amz-json-1.1", answer.toString(), requestId);
    }

    private Answer error(AwsRequest request, String requestId, AwsException e) {
        if (request.json()) {
            ObjectNode error = JSON.createObjectNode().put("__type", e.code).put("message", e.getMessage());
            return new Answer(e.status, "application/x-amz-json-1.1", error.toString(), requestId);
        }
        if (request.service().equals("s3")) {
            Xml xml = new Xml().open("Error").put("Code", e.code).put("Message", e.getMessage());
            return new Answer(
                    e.status,
                    "application/xml",
                    xml.put("RequestId", requestId).close().toString(),
                    requestId);
        }
        QueryService service = queryServices.getOrDefault(request.service(), queryServices.get("iam"));
        Xml xml = new Xml().open("ErrorResponse", service.namespace());
        xml.open("Error").put("Type", e.status < 500 ? "Sender" : "Receiver").put("Code", e.code);
        xml.put("Message", e.getMessage()).close().put("RequestId", requestId).close();
        return new Answer(e.status, "text/xml", xml.toString(), requestId);
    }

    private void pause(String qualifiedAction) {
        try {
            Thread.sleep(aws.faults().delayOf(qualifiedAction).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A response, which is sent complete or with a fault. */
    private record Answer(int status, String contentType, String body, String requestId) {

        void send(HttpExchange exchange, Faults.Kind spoil, UnaryOperator<byte[]> rewriting) throws IOException {
            try (exchange) {
                if (spoil == Faults.Kind.DROP) {
                    return;
                }
                String sent = spoil == Faults.Kind.MALFORMED ? "<html><body>It works!</body>" : body;
                byte[] bytes = rewriting.apply(sent.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseHeaders().set("Content-Type", contentType);
                boolean s3 = contentType.equals("application/json") || contentType.equals("application/xml");
                exchange.getResponseHeaders().set(s3 ? "x-amz-request-id" : "x-amzn-RequestId", requestId);
                exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
                int length = spoil == Faults.Kind.TRUNCATE ? bytes.length / 2 : bytes.length;
                exchange.getResponseBody().write(bytes, 0, length);
                exchange.getResponseBody().flush();
            }
        }
    }
}
