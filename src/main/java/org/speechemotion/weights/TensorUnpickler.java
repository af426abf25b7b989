package org.speechemotion.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.speechemotion.weights.StoredTensor.Storage;

/**
 * Unpickles a map from names to tensors. A pickle is a program. Only the opcodes that such a map needs are executed, and it
 * may call only {@link #CALLABLES}; everything else is rejected before it has any effect. The constructor table of the
 * library is never consulted, and neither are its opcodes that construct objects, use reflection or trust a length.
 */
final class TensorUnpickler extends Unpickler {
    /** PyTorch writes at most 1000 items of a map at a time, so no valid file needs such a stack. */
    private static final int MAX_STACK = 1 << 16;

    private static final Map<String, ElementType> STORAGES = Map.ofEntries(
            Map.entry("torch.FloatStorage", ElementType.F32),
            Map.entry("torch.HalfStorage", ElementType.F16),
            Map.entry("torch.BFloat16Storage", ElementType.BF16),
            Map.entry("torch.DoubleStorage", ElementType.F64),
            Map.entry("torch.LongStorage", ElementType.I64),
            Map.entry("torch.IntStorage", ElementType.I32),
            Map.entry("torch.ShortStorage", ElementType.I16),
            Map.entry("torch.CharStorage", ElementType.I8),
            Map.entry("torch.ByteStorage", ElementType.U8),
            Map.entry("torch.BoolStorage", ElementType.BOOL),
            Map.entry("torch.ComplexFloatStorage", ElementType.C64),
            Map.entry("torch.ComplexDoubleStorage", ElementType.C128));

    private static final Map<String, IObjectConstructor> CALLABLES = Map.of(
            "collections.OrderedDict", TensorUnpickler::orderedDictionary,
            "torch._utils._rebuild_tensor_v2", TensorUnpickler::tensor,
            "torch._utils._rebuild_parameter", arguments -> (StoredTensor) arguments[0]);

    /** Not a {@link Map}, because hash code and text of a map recurse through its values, which may include itself. */
    private static final class Dictionary {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        void put(Object key, Object value) {
            String name = (String) key;
            WeightLimits.requireName(name);
            if (entries.containsKey(name)) {
                throw new WeightsException("it contains " + name + " twice");
            }
            entries.put(name, value);
            WeightLimits.requireTensors(entries.size());
        }
    }

    private TensorUnpickler() {}

    /**
     * Unpickles the tensors.
     *
     * @throws WeightsException if the pickle is invalid; the message does not name the file
     */
    static Map<String, StoredTensor> tensors(byte[] pickle) {
        Object root;
        try {
            root = new TensorUnpickler().load(new ByteArrayInputStream(pickle));
        } catch (WeightsException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | PickleException e) {
            throw new WeightsException("its pickle is damaged: " + e.getMessage(), e);
        } catch (RuntimeException e) { // casts and empty stacks, in the library or here
            throw new WeightsException("its pickle is damaged: an operand is missing or of the wrong kind", e);
        }
        if (!(root instanceof Dictionary dictionary)) {
            throw new WeightsException("its pickle is not a map from names to tensors");
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        dictionary.entries.forEach((name, value) -> {
            if (!(value instanceof StoredTensor tensor)) {
                throw new WeightsException("the value of " + name + " is not a tensor");
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        if (stack.size() > MAX_STACK) {
            throw new WeightsException("its pickle needs too large a stack; allowed: at most " + MAX_STACK + " values");
        }
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(find(line() + "." + line()));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                String module = (String) stack.pop();
                stack.add(find(module + "." + name));
            }
            case Opcodes.INST -> throw refused(line() + "." + line());
            case Opcodes.BINPERSID -> stack.add(storage((Object[]) stack.pop()));
            case Opcodes.BUILD -> { // the module versions of PyTorch
                stack.pop();
                requireDictionary();
            }
            case Opcodes.BINUNICODE -> stack.add(text());
            case Opcodes.EMPTY_DICT -> stack.add(new Dictionary());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                requireDictionary().put(key, value);
            }
            case Opcodes.SETITEMS -> setItems();
            case Opcodes.PROTO,
                    Opcodes.FRAME,
                    Opcodes.MARK,
                    Opcodes.STOP,
                    Opcodes.NONE,
                    Opcodes.NEWTRUE,
                    Opcodes.NEWFALSE,
                    Opcodes.BININT,
                    Opcodes.BININT1,
                    Opcodes.BININT2,
                    Opcodes.LONG1,
                    Opcodes.SHORT_BINUNICODE,
                    Opcodes.EMPTY_TUPLE,
                    Opcodes.TUPLE,
                    Opcodes.TUPLE1,
                    Opcodes.TUPLE2,
                    Opcodes.TUPLE3,
                    Opcodes.BINGET,
                    Opcodes.LONG_BINGET,
                    Opcodes.BINPUT,
                    Opcodes.LONG_BINPUT,
                    Opcodes.MEMOIZE,
                    Opcodes.REDUCE -> { // it can call CALLABLES only
                return super.dispatch(opcode);
            }
            default -> throw new WeightsException(
                    "its pickle has the opcode 0x%02x, which no tensor needs".formatted(opcode));
        }
        return NO_RETURN_VALUE;
    }

    private static Object find(String name) {
        Object found = CALLABLES.containsKey(name) ? CALLABLES.get(name) : STORAGES.get(name);
        if (found == null) {
            throw refused(name);
        }
        return found;
    }

    private static WeightsException refused(String name) {
        return new WeightsException("its pickle refers to " + name + ", which no tensor needs; it was not executed");
    }

    private Dictionary requireDictionary() {
        if (stack.peek() instanceof Dictionary dictionary) {
            return dictionary;
        }
        throw new WeightsException("its pickle is damaged: it adds items to something other than a map");
    }

    private void setItems() {
        Iterator<Object> items = stack.pop_all_since_marker().iterator();
        while (items.hasNext()) {
            requireDictionary().put(items.next(), items.next());
        }
    }

    private String line() throws IOException {
        return PickleUtils.readline(input);
    }

    private String text() throws IOException {
        long bytes = Integer.toUnsignedLong(PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, Integer.BYTES)));
        if (bytes > input.available()) {
            throw new WeightsException("its pickle has a string of " + bytes + " bytes; allowed: at most the remaining "
                    + input.available());
        }
        return new String(PickleUtils.readbytes(input, bytes), StandardCharsets.UTF_8);
    }

    private static Dictionary orderedDictionary(Object[] arguments) {
        if (arguments.length > 0) {
            throw new WeightsException("its pickle passes arguments to OrderedDict; allowed: none");
        }
        return new Dictionary();
    }

    /** Parses {@code ("storage", type, key, device, count)}. */
    private static Storage storage(Object[] id) {
        if (id.length != 5 || !"storage".equals(id[0])) {
            throw new WeightsException("its pickle refers to something other than a storage");
        }
        return new Storage((ElementType) id[1], (String) id[2], integer(id[4]));
    }

    /** Parses {@code (storage, offset, size, stride, requires_grad, backward_hooks)}. */
    private static StoredTensor tensor(Object[] arguments) {
        return new StoredTensor(
                (Storage) arguments[0],
                integer(arguments[1]),
                new Shape(integers(arguments[2])),
                integers(arguments[3]));
    }

    private static List<Long> integers(Object tuple) {
        Object[] numbers = (Object[]) tuple;
        WeightLimits.requireAxes("a tensor of its pickle", numbers.length);
        return Arrays.stream(numbers).map(TensorUnpickler::integer).toList();
    }

    private static long integer(Object number) {
        return number instanceof Integer value ? value : (Long) number;
    }
}
