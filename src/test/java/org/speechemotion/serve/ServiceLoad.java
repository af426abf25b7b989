package org.speechemotion.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.speechemotion.audio.PcmWav;

/**
 * Many clients at once, half of which misbehave: {@code ServiceLoad PORT PID SECONDS UPLOADS SOCKETS}. A client that behaves must
 * get its answer, and always the same one for the same audio; missing answers are counted as lost. The service runs in
 * another process, whose memory is shown if PID is not 0.
 */
public final class ServiceLoad {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RATE = 16_000;
    private static final int PIECE = 32_000;
    private static final double[] SECONDS = {1, 4, 12, 30};

    private final int port;
    private final long end;
    private final List<byte[]> audio = Arrays.stream(SECONDS)
            .mapToObj(seconds -> ServiceFixture.pcm(RATE, 1, seconds))
            .toList();
    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> lost = new ConcurrentSkipListMap<>();
    private final Map<String, Double> results = new ConcurrentHashMap<>();

    ServiceLoad(int port, double seconds) {
        this.port = port;
        end = System.nanoTime() + (long) (seconds * 1e9);
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        ServiceLoad load = new ServiceLoad(numbers[0], numbers[2]);
        List<Thread> clients = load.start(numbers[3], numbers[4]);
        System.out.println("seconds  answers  lost  heap MB after GC  RSS MB  threads");
        long begin = System.nanoTime();
        int steps = 20;
        for (int step = 0; step <= steps; step++) {
            System.out.println(load.line((System.nanoTime() - begin) / 1e9, numbers[1]));
            Thread.sleep(Math.max(0, step == steps ? 0 : 1000L * numbers[2] / steps));
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println(load.line((System.nanoTime() - begin) / 1e9, numbers[1]));
        load.answers.forEach((kind, count) -> System.out.println(count + "  " + kind));
        System.out.println("lost: " + load.lost);
        System.exit(load.lost.isEmpty() ? 0 : 1);
    }

    /** Starts the clients, which end in time. */
    List<Thread> start(int uploads, int sockets) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < uploads + sockets; i++) {
            int number = i;
            Thread client = new Thread(() -> run(number < uploads, number), "client-" + i);
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
        return clients;
    }

    Map<String, LongAdder> answers() {
        return answers;
    }

    /** The answers that well-behaved clients did not receive, each with the reason. */
    Map<String, LongAdder> lost() {
        return lost;
    }

    private boolean goesOn() {
        return System.nanoTime() < end;
    }

    private void run(boolean upload, int number) {
        for (int turn = 0; goesOn(); turn++) {
            boolean good = number % 2 == 0;
            String kind = (upload ? "upload" : "stream")
                    + (good ? "" : " " + (upload ? badUpload(number) : badStream(number)));
            int which = (number / 2 + turn) % SECONDS.length;
            try (LoadClient client = new LoadClient(port)) {
                String answer;
                if (upload) {
                    answer = good ? upload(client, which) : badUpload(client, number, which);
                } else {
                    answer = good ? stream(client, which) : badStream(client, number, which);
                }
                count(answers, kind + ": " + answer);
                Thread.sleep(answer.equals("429") ? 1000 : good ? 0 : 500);
            } catch (IOException | RuntimeException failure) {
                count(good ? lost : answers, kind + ": " + (good ? failure.toString() : "cut"));
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private static void count(Map<String, LongAdder> counts, String kind) {
        counts.computeIfAbsent(kind, absent -> new LongAdder()).increment();
    }

    private String upload(LoadClient client, int which) throws IOException {
        byte[] file = PcmWav.of(audio.get(which), RATE, 1);
        client.upload(file.length);
        try {
            client.send(file, 0, file.length);
        } catch (IOException refused) {
            // The answer has come before the whole body was sent.
        }
        LoadClient.Answer answer = client.answer();
        if (answer.status() == 200) {
            check("upload", which, JSON.readTree(answer.body()));
        } else if (answer.status() != 429) {
            throw new IOException("status " + answer.status());
        }
        return Integer.toString(answer.status());
    }

    private String stream(LoadClient client, int which) throws IOException {
        int status = client.handshake();
        if (status != 101) {
            return Integer.toString(status);
        }
        client.start(RATE);
        client.audio(audio.get(which), PIECE, () -> true);
        client.end();
        JsonNode last = null;
        for (String event = client.event(); !event.isEmpty(); event = client.event()) {
            last = JSON.readTree(event);
        }
        if (last == null || !last.path("event").asText().equals("end")) {
            throw new IOException("no end, but " + last);
        }
        check("stream", which, last.path("result"));
        return "end";
    }

    /** Requires that a result is that of the audio, which is the same every time. */
    private void check(String kind, int which, JsonNode result) throws IOException {
        double confidence = result.path("confidence").asDouble(-1);
        Double first = results.putIfAbsent(kind + which, confidence);
        if (result.path("duration_s").asDouble() != SECONDS[which]
                || (first != null && Math.abs(first - confidence) > 1e-4)) {
            throw new IOException("another result");
        }
    }

    private static String badUpload(int number) {
        return new String[] {"slow", "cut off", "garbage", "oversized", "wrong"}[number / 2 % 5];
    }

    private String badUpload(LoadClient client, int number, int which) throws IOException, InterruptedException {
        byte[] file = PcmWav.of(audio.get(which), RATE, 1);
        switch (badUpload(number)) {
            case "slow" -> {
                client.upload(file.length);
                for (int i = 0; i < 20 && goesOn(); i++) {
                    client.send(file, 10 * i, 10 * i + 10);
                    Thread.sleep(500);
                }
                return "gone";
            }
            case "cut off" -> {
                client.upload(file.length);
                client.send(file, 0, file.length / 2);
                return "gone";
            }
            case "garbage" -> {
                client.upload(5000);
                client.send(new byte[5000], 0, 5000);
            }
            case "oversized" -> client.upload(1L << 40);
            default -> client.send(
                    number % 4 == 1
                            ? "GET /v1/score HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            : "\0\1 /\r\n\r\n");
        }
        return Integer.toString(client.answer().status());
    }

    private static String badStream(int number) {
        return new String[] {"slow", "cut off", "garbage", "oversized", "wrong order"}[number / 2 % 5];
    }

    private String badStream(LoadClient client, int number, int which) throws IOException, InterruptedException {
        int status = client.handshake();
        if (status != 101) {
            return Integer.toString(status);
        }
        switch (badStream(number)) {
            case "slow" -> { // reads nothing
                client.start(RATE);
                for (int i = 0; i < 20 && goesOn(); i++) {
                    client.audio(audio.get(which), PIECE, this::goesOn);
                    Thread.sleep(200);
                }
                return "gone";
            }
            case "cut off" -> {
                client.start(RATE);
                client.audio(audio.get(which), PIECE, () -> true);
                return "gone";
            }
            case "garbage" -> client.text("{\"type\": nonsense");
            case "oversized" -> {
                client.start(RATE);
                client.frame(2, new byte[(1 << 20) + 1]);
            }
            default -> {
                client.frame(2, new byte[1000]);
                client.start(RATE);
                client.end();
            }
        }
        client.drain();
        return "closed";
    }

    private String line(double seconds, int process) throws Exception {
        long all = answers.values().stream().mapToLong(LongAdder::sum).sum();
        long missing = lost.values().stream().mapToLong(LongAdder::sum).sum();
        if (process == 0) {
            return String.format(Locale.ROOT, "%7.0f  %7d  %4d", seconds, all, missing);
        }
        String pid = Integer.toString(process);
        run("jcmd", pid, "GC.run");
        long heap = run("jcmd", pid, "GC.heap_info")
                .lines()
                .filter(line -> line.matches(".* total \\d+K, used .*|.*heap .* used .*"))
                .mapToLong(line -> number(line, " used "))
                .sum();
        String status = Files.readString(Path.of("/proc", pid, "status"));
        return String.format(
                Locale.ROOT,
                "%7.0f  %7d  %4d  %16d  %6d  %7d",
                seconds,
                all,
                missing,
                heap / 1024,
                number(status, "VmRSS:") / 1024,
                number(status, "Threads:"));
    }

    private static long number(String text, String after) {
        String rest = text.substring(text.indexOf(after) + after.length()).strip();
        return Long.parseLong(rest.split("\\D", 2)[0]);
    }

    private static String run(String program, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", program).toString()));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
