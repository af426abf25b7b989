package org.speechemotion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles that would run something, or that are larger than they look: each is refused, and nothing comes of it. */
class HostilePickleTest {
    private static final String MARKED = "touched";

    @TempDir
    Path folder;

    static List<String> callables() {
        return List.of(
                "os system",
                "posix system",
                "nt system",
                "subprocess Popen",
                "builtins eval",
                "builtins exec",
                "builtins getattr",
                "builtins bytearray",
                "__builtin__ set",
                "copy_reg _reconstructor",
                "datetime datetime",
                "decimal Decimal",
                "array array",
                "torch.storage _load_from_bytes",
                "torch._utils _rebuild_tensor",
                "torch UntypedStorage",
                "collections Counter",
                "java.lang.Runtime exec");
    }

    @ParameterizedTest
    @MethodSource("callables")
    void callablesOtherThanThoseOfTensorsAreRejected(String callable) {
        String name = callable.replace(' ', '.');
        String lines = callable.replace(' ', '\n') + "\n";
        String argument = Pickles.text("touch " + folder.resolve(MARKED));
        String texts = Stream.of(callable.split(" ")).map(Pickles::text).reduce("", String::concat);
        for (String pickle : List.of(
                "c" + lines + argument + "\u0085R.",
                "\u0080\u0004" + texts + "\u0093" + argument + "\u0085R.",
                "(" + argument + "i" + lines + ".",
                "(c" + lines + argument + "o.",
                "c" + lines + argument + "\u0085\u0081.",
                "}" + Pickles.text("w") + "c" + lines + argument + "\u0085Rs.")) {
            assertRefused(pickle, "its pickle refers to " + name + ", which no tensor needs; it was not executed");
        }
    }

    static List<String> opcodes() {
        return List.of(
                "\u0082\u0001.", // the extension registry
                "\u0083\u0001\0.",
                "\u0084\u0001\0\0\0.",
                "ccollections\nOrderedDict\n)\u0081.", // NEWOBJ
                "ccollections\nOrderedDict\n)}\u0092.", // NEWOBJ_EX
                "(ccollections\nOrderedDict\no.", // OBJ
                "Pos.system\n.", // PERSID
                "].", // lists, sets and floats are in no map of tensors
                "\u008f.",
                "G\0\0\0\0\0\0\0\0.",
                "\u008b\u00ff\u00ff\u00ff\u007f.", // LONG4, BINBYTES, BINUNICODE8 … of two gigabytes
                "B\u00ff\u00ff\u00ff\u007f.",
                "T\u00ff\u00ff\u00ff\u007f.",
                "\u008d\u00ff\u00ff\u00ff\u007f\0\0\0\0.",
                "\u008e\u00ff\u00ff\u00ff\u007f\0\0\0\0.",
                "\u0096\u00ff\u00ff\u00ff\u007f\0\0\0\0.",
                "\u0097.",
                "\u0000.",
                "\u00ff.");
    }

    @ParameterizedTest
    @MethodSource("opcodes")
    void opcodesOtherThanThoseOfTensorsAreRejected(String pickle) {
        assertRefused(pickle, "which no tensor needs");
    }

    @Test
    void buildUsesNoReflection() {
        assertRefused("ctorch\nFloatStorage\n}b.", "damaged");
        assertRefused("ccollections\nOrderedDict\n}b.", "damaged");
        assertRefused("K\u0001" + Pickles.text("x") + "b.", "damaged");
    }

    @Test
    void lengthsAreChecked() {
        assertRefused(
                "X\u00ff\u00ff\u00ff\u007fabc.", "a string of 2147483647 bytes; allowed: at most the remaining 4");
        assertRefused(
                "X\u00ff\u00ff\u00ff\u00ffabc.", "a string of 4294967295 bytes; allowed: at most the remaining 4");
    }

    @Test
    void deepStacksAreRejected() {
        assertRefused("(".repeat(100_000), "needs too large a stack");
    }

    @Test
    void aLargePickleIsRefusedUnread() {
        assertRefused("N0".repeat(3 << 20), "data.pkl has 6291456 bytes; allowed: at most 4194304");
    }

    @Test
    void recursiveMapsAreRejected() {
        assertRefused("}q\0" + Pickles.text("a") + "h\0s.", "the value of a is not a tensor");
        assertRefused("}q\0" + Pickles.text("a") + "h\0sh\0h\0s.", "damaged");
    }

    @Test
    void duplicateNamesAreRejected() {
        assertRefused("}(" + Pickles.text("a") + "N" + Pickles.text("a") + "Nu.", "it contains a twice");
    }

    @Test
    void tensorsOutsideTheirStorageAreRefused() {
        assertRefused(Pickles.tensor("w", 2, 0, 3, 1), "in a storage of 2 values");
        assertRefused(Pickles.tensor("w", 2, 1, 2, 1), "in a storage of 2 values");
        assertRefused(Pickles.tensor("w", 2, 0, 2, 2), "in a storage of 2 values");
        assertRefused(
                Pickles.tensor("w", 3, 0, 3, 1), "the storage of tensor w has 8 bytes; expected by its pickle: 3");
        assertRefused(
                "}" + Pickles.text("w") + "ctorch._utils\n_rebuild_tensor_v2\n("
                        + Pickles.storage("ctorch\nFloatStorage\n", "../../x", 2)
                        + "K\0K\u0002\u0085K\u0001\u0085\u0089NtRs.",
                "it has no entry data/../../x");
    }

    private void assertRefused(String pickle, String reason) {
        Path file = Written.archive(folder.resolve("pytorch_model.bin"), pickle);
        assertThatThrownBy(() -> PickledTensors.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + " is not a valid PyTorch file: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
