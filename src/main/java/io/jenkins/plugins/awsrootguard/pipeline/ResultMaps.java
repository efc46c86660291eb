package io.jenkins.plugins.awsrootguard.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsrootguard.facts.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the maps and lists of text, numbers and booleans that steps return to Groovy, which a paused build can save. */
final class ResultMaps {

    private ResultMaps() {}

    static String time(Instant at) {
        return at == null ? null : at.toString();
    }

    static <T> Map<String, Object> index(Collection<T> from, Function<T, String> key, Function<T, Object> value) {
        Map<String, Object> all = new LinkedHashMap<>();
        from.forEach(t -> all.put(key.apply(t), value.apply(t)));
        return all;
    }

    static <T> List<Map<String, Object>> list(Collection<T> from, Function<T, Map<String, Object>> how) {
        List<Map<String, Object>> all = new ArrayList<>();
        from.forEach(t -> all.add(how.apply(t)));
        return all;
    }

    /** Components of a record as text, numbers and booleans. */
    static Map<String, Object> row(Object value, String... names) {
        ObjectNode all = Json.MAPPER.valueToTree(value);
        Map<String, Object> row = new LinkedHashMap<>();
        for (String name : names) {
            row.put(name, Json.MAPPER.convertValue(all.required(name), Object.class));
        }
        return row;
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            m.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return m;
    }
}
