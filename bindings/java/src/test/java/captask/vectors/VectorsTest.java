package captask.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import captask.internal.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors that every binding runs, tests/vectors/*.json. */
class VectorsTest {
    private static final Map<String, String> RESULTS = new LinkedHashMap<>();

    private static Path folder() {
        String given = System.getenv("CAPTASK_VECTORS");
        return given == null ? Path.of(System.getProperty("captask.test.package", "."), "../../tests/vectors") : Path.of(given);
    }

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder())) {
            files = all.filter(file -> file.toString().endsWith(".json") && !file.endsWith("schema.json")).sorted().toList();
        }
        assertFalse(files.isEmpty(), "no vectors in " + folder());
        return files.stream().flatMap(VectorsTest::group);
    }

    private static Stream<DynamicTest> group(Path file) {
        JsonObject group;
        try {
            group = Json.object(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return group.getAsJsonArray("vectors").asList().stream().map(JsonElement::getAsJsonObject)
                .map(vector -> DynamicTest.dynamicTest(vector.get("name").getAsString(), () -> run(vector)));
    }

    private static void run(JsonObject vector) {
        String name = vector.get("name").getAsString();
        String failure = Runner.failure(vector);
        RESULTS.put(name, failure == null ? "ok" : failure);
        System.out.println(failure == null ? "ok vectors java: " + name : "FAILED vectors java: " + name + ": " + failure);
        assertNull(failure, name);
    }

    @AfterAll
    static void the_results_are_written() throws IOException {
        String out = System.getenv("CAPTASK_VECTORS_OUT");
        if (out != null) {
            JsonElement text = Json.of(Map.of("language", "Java", "results", RESULTS));
            Files.writeString(Path.of(out, "java.json"), Json.text(text) + "\n");
        }
    }

    @Test
    void an_expectation_that_does_not_hold_is_seen() {
        JsonObject answer = Json.object("{\"a\":{\"b/c\":[1,2.0]},\"n\":0.10}");
        String[] wrong = {"{\"equals\":3}", "{\"text\":\"2\"}", "{\"type\":\"string\"}", "{\"pattern\":\"2\"}", "{\"absent\":true}",
            "{\"min\":2.5}", "{\"max\":1}", "{\"oneOf\":[\"2\"]}"};
        for (String expectation : wrong) {
            assertFalse(Expectation.failure(answer, "/a/b~1c/1", Json.object(expectation)) == null, expectation);
        }
        assertEquals("/x is absent, wanted {\"equals\":1}", Expectation.failure(answer, "/x", Json.object("{\"equals\":1}")));
        String[] right = {"{\"equals\":2}", "{\"text\":\"2.0\"}", "{\"type\":\"integer\"}", "{\"min\":2,\"max\":2}"};
        for (String expectation : right) {
            assertNull(Expectation.failure(answer, "/a/b~1c/1", Json.object(expectation)), expectation);
        }
        assertNull(Expectation.failure(answer, "/a", Json.object("{\"equals\":{\"b/c\":[1.0,2]}}")));
        assertNull(Expectation.failure(answer, "/n", Json.object("{\"text\":\"0.10\"}")));
    }
}
