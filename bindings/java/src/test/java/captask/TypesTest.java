package captask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import captask.internal.Json;
import captask.tasks.AltchaTask;
import captask.tasks.CastleTask;
import captask.tasks.ComplexImageRecaptchaTask;
import captask.tasks.FuncaptchaTask;
import captask.tasks.ImageToTextTask;
import captask.tasks.ProxyType;
import captask.tasks.RecognitionDliTask;
import captask.tasks.TurnstileCfClearanceTask;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TypesTest {
    /** Each task of the catalogue, filled from its example by its builder, is the example, and its solution is read. */
    @TestFactory
    Stream<DynamicTest> every_task_of_the_catalogue() {
        return Captask.describe("tasks").getAsJsonArray("tasks").asList().stream()
                .map(task -> Json.string(task.getAsJsonObject(), "id"))
                .map(id -> DynamicTest.dynamicTest(id, () -> example(id, Captask.describe("task/" + id))));
    }

    private static void example(String id, JsonObject entry) throws ReflectiveOperationException {
        StringBuilder name = new StringBuilder("captask.tasks.");
        Arrays.stream(id.split("_")).forEach(part -> name.append(part.substring(0, 1).toUpperCase()).append(part.substring(1)));
        Class<?> type = Class.forName(name + "Task");
        JsonObject wanted = entry.getAsJsonObject("exampleRequest");
        Task<?> task = (Task<?>) built(type, wanted);
        assertEquals(wanted.entrySet(), task.toJson().entrySet(), "the builder makes the example");
        Captask.check(task);
        Record solution = (Record) task.read(entry.getAsJsonObject("exampleSolution"));
        assertEquals(entry.getAsJsonObject("exampleSolution"), component(solution, "json"));
        assertTrue(Arrays.stream(solution.getClass().getRecordComponents())
                .anyMatch(one -> !one.getName().equals("json") && component(solution, one.getName()) != null), solution::toString);
    }

    /** Sets each member by the builder's method for its type; those that the builder sets by itself are left to it. */
    private static Object built(Class<?> type, JsonObject members) throws ReflectiveOperationException {
        Object builder = type.getMethod("builder").invoke(null);
        for (var member : members.entrySet()) {
            String method = method(member.getKey());
            for (Method one : builder.getClass().getMethods()) {
                if (one.getName().equals(method) && one.getParameterCount() == 1) {
                    Object argument = argument(one.getParameterTypes()[0], member.getValue());
                    if (argument != null) {
                        one.invoke(builder, argument);
                        break;
                    }
                }
            }
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static String method(String member) {
        String name = member.substring(0, 1).toLowerCase() + member.substring(1);
        return name.equals("case") || name.equals("default") ? name + "_" : name;
    }

    private static Object argument(Class<?> type, JsonElement value) throws ReflectiveOperationException {
        if (value instanceof JsonObject object && type.getName().startsWith("captask.tasks.")) {
            return built(type, object);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).filter(one -> one.toString().equals(value.getAsString()))
                    .findFirst().orElseThrow();
        }
        if (value.isJsonArray() && type == List.class) {
            return value.getAsJsonArray().asList();
        }
        if (!(value instanceof JsonPrimitive primitive)) {
            return type == JsonObject.class ? value : null;
        }
        if (primitive.isString() && type == String.class) {
            return primitive.getAsString();
        }
        if (primitive.isBoolean() && type == boolean.class) {
            return primitive.getAsBoolean();
        }
        if (primitive.isNumber() && type == long.class && primitive.getAsString().matches("-?[0-9]+")) {
            return primitive.getAsLong();
        }
        return primitive.isNumber() && type == double.class ? primitive.getAsDouble() : null;
    }

    private static Object component(Record record, String name) {
        try {
            for (RecordComponent one : record.getClass().getRecordComponents()) {
                if (one.getName().equals(name)) {
                    return one.getAccessor().invoke(record);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException(name);
    }

    @Test
    void bytes_enumerations_and_nested_objects_take_the_form_of_the_service() {
        assertEquals("{\"type\":\"ImageToTextTask\",\"body\":\"AAEC\",\"case\":true}",
                ImageToTextTask.builder().body(new byte[] {0, 1, 2}).case_(true).build().toJson().toString());
        var grid = ComplexImageRecaptchaTask.builder().imagesBase64(new byte[] {1}, new byte[] {2})
                .metadata(ComplexImageRecaptchaTask.Metadata.builder()
                        .grid(ComplexImageRecaptchaTask.Grid.GRID_3X3).task("cars").build());
        assertEquals("{\"type\":\"ComplexImageTask\",\"class\":\"recaptcha\",\"imagesBase64\":[\"AQ==\",\"Ag==\"],"
                + "\"metadata\":{\"Grid\":\"3x3\",\"Task\":\"cars\"}}", grid.build().toJson().toString());
        assertEquals("dli", RecognitionDliTask.builder().imagesBase64("AQ==").build().toJson()
                .getAsJsonObject("metadata").get("Task").getAsString());
        JsonObject clearance = TurnstileCfClearanceTask.builder().websiteURL("https://example.com").websiteKey("KEY")
                .htmlPageBase64("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)).userAgent("Mozilla")
                .proxyType(ProxyType.SOCKS5).proxyAddress("192.0.2.1").proxyPort(1080).proxyLogin("a").proxyPassword("b")
                .build().toJson();
        assertEquals("cf_clearance", clearance.get("cloudflareTaskType").getAsString());
        assertEquals("socks5", clearance.get("proxyType").getAsString());
    }

    @Test
    void a_builder_takes_null_out_and_unknown_members_in() {
        var task = ImageToTextTask.builder().body("AQ==").capMonsterModule("x").capMonsterModule(null)
                .with("new", Map.of("a", List.of(1, 2.5, "x"))).with("none", null).build();
        assertEquals("{\"type\":\"ImageToTextTask\",\"body\":\"AQ==\",\"new\":{\"a\":[1,2.5,\"x\"]},\"none\":null}",
                Json.text(task.toJson()));
        task.toJson().addProperty("later", 1);
        assertFalse(task.toJson().has("later"));
    }

    @Test
    void a_time_is_rounded_up_to_milliseconds() {
        for (var times : Map.of(0L, 0L, 5L, 1L, 1_000_000L, 1L, 1_000_001L, 2L, -5L, 0L, -1_500_000L, -1L).entrySet()) {
            Duration time = Duration.ofNanos(times.getKey());
            assertEquals(times.getValue(), Options.builder().timeout(time).build().toJson().get("timeoutMs").getAsLong(),
                    time::toString);
        }
        assertEquals("{\"callTimeoutMs\":1}", Config.builder().callTimeout(Duration.ofNanos(5)).build().toJson().toString());
        assertFalse(Options.builder().timeout(Duration.ZERO).timeout(null).build().toJson().has("timeoutMs"));
    }

    @Test
    void a_solution_of_another_form_is_no_error() {
        var solution = FuncaptchaTask.Solution.of(Json.object("{\"Token\":\"t\",\"userAgent\":[1],\"cookies\":7,\"new\":1}"));
        assertEquals("t", solution.token());
        assertNull(solution.userAgent());
        assertEquals(Map.of(), solution.cookies());
        assertEquals("1", solution.json().get("new").getAsString());
        var castle = CastleTask.Solution.of(Json.object("{\"data\":{\"tokens\":[\"a\",{},1]},\"domains\":{\"x\":{\"cookies\":"
                + "{\"__cuid\":\"c\"}},\"y\":0}}"));
        assertEquals(Arrays.asList("a", null, "1"), castle.data().tokens());
        assertEquals("c", castle.domains().get("x").cookies().cuid());
        assertNull(castle.domains().get("y"));
        assertNull(CastleTask.Solution.of(new JsonObject()).data());
    }

    @Test
    void numbers_keep_their_digits() {
        var altcha = AltchaTask.Solution.of(Json.object("{\"data\":{\"token\":\"t\",\"number\":98765432109876543210}}"));
        assertEquals(new BigInteger("98765432109876543210"), altcha.data().number());
        assertNull(AltchaTask.Solution.of(Json.object("{\"data\":{\"number\":1e999999999}}")).data().number());
        assertNull(AltchaTask.Solution.of(Json.object("{\"data\":{\"number\":0.5}}")).data().number());
        String text = "{\"a\":0.10,\"b\":1E+400,\"c\":-0,\"d\":12345678901234567890123456789}";
        assertEquals(text, Json.text(Json.object(text)));
    }

    @Test
    void text_that_utf_8_cannot_have_is_escaped() {
        assertEquals("\"a\\ud800b\\udc00\\u0000😀\"", Json.text(new JsonPrimitive("a\ud800b\udc00\0😀")));
        String deep = "[".repeat(3000) + "]".repeat(3000);
        assertNotNull(Json.object("{\"deep\":" + deep + "}").get("deep"));
    }
}
