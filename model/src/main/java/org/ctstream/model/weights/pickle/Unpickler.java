package org.ctstream.model.weights.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine that a pickle is a program for, with the instructions that torch writes, protocols 2 to 4.
 *
 * <p>Libraries for this take memory for whatever length the file claims, which a file of twenty bytes can use to stop the
 * process; and of the instructions only these are needed.
 *
 * @see "Python's pickletools, which documents the instructions"
 */
public final class Unpickler {
    /** Ten times those of the largest published network; each leaves at most one small object. */
    private static final int MAX_INSTRUCTIONS = 1 << 19;

    private static final int NEWEST_PROTOCOL = 4;

    private final PickleInput in;
    private final Names names;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /**
     * For one pickle.
     *
     * @param bytes where it starts; stands behind it after {@link #load}
     */
    public Unpickler(ByteBuffer bytes, Names names) {
        this.in = new PickleInput(bytes);
        this.names = names;
    }

    /**
     * Reads the pickle.
     *
     * @return its value: String, Long or BigInteger, Double, Boolean, {@link None}, Map (dictionaries, with String and Long
     *     keys), List (lists and tuples), or whatever the names and constructors gave. Containers may contain themselves:
     *     do not print, compare or hash them.
     * @throws PickleException if it is damaged or too long, has other instructions, or names what it may not
     */
    public Object load() throws PickleException {
        for (int i = 0; i < MAX_INSTRUCTIONS; i++) {
            int instruction = in.unsignedByte();
            if (instruction == '.') {
                return pop();
            }
            execute(instruction);
        }
        throw new PickleException("it has more than " + MAX_INSTRUCTIONS + " instructions");
    }

    private void execute(int instruction) throws PickleException {
        switch (instruction) {
            case 0x80 -> checkProtocol(in.unsignedByte());
            case 0x95 -> in.whole(Long.BYTES); // length of a frame, which only helps to read ahead
            case '(' -> marks.add(stack.size());
            case 'N' -> stack.add(None.NONE);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) in.unsignedByte());
            case 'M' -> stack.add((long) in.unsignedShort());
            case 'J' -> stack.add((long) in.signedInt());
            case 0x8a -> stack.add(in.whole(in.unsignedByte()));
            case 'G' -> stack.add(in.bigEndianDouble());
            case 'X' -> stack.add(in.text(in.signedInt(), StandardCharsets.UTF_8));
            case 0x8c -> stack.add(in.text(in.unsignedByte(), StandardCharsets.UTF_8));
            case 'T' -> stack.add(in.text(in.signedInt(), StandardCharsets.ISO_8859_1));
            case 'U' -> stack.add(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
            case '}' -> stack.add(new LinkedHashMap<>());
            case ']' -> stack.add(new ArrayList<>());
            case ')' -> stack.add(List.of());
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 't' -> tuple(aboveMark());
            case 'a' -> append(1);
            case 'e' -> append(aboveMark());
            case 's' -> put(2);
            case 'u' -> put(aboveMark());
            case 'c' -> stack.add(names.global(in.line(), in.line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> stack.add(names.persistent(pop()));
            case 'q' -> memo.put(in.unsignedByte(), top());
            case 'r' -> memo.put(in.signedInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> stack.add(recall(in.unsignedByte()));
            case 'j' -> stack.add(recall(in.signedInt()));
            default ->
                throw new PickleException(
                        "instruction 0x" + Integer.toHexString(instruction) + " is not one that torch writes");
        }
    }

    private static void checkProtocol(int protocol) throws PickleException {
        if (protocol > NEWEST_PROTOCOL) {
            throw new PickleException("protocol 0 to " + NEWEST_PROTOCOL + " expected, found " + protocol);
        }
    }

    private void tuple(int length) throws PickleException {
        stack.add(Collections.unmodifiableList(take(length)));
    }

    private void append(int length) throws PickleException {
        List<Object> added = take(length);
        if (!(top() instanceof ArrayList<?>)) {
            throw new PickleException("something is appended to what is no list");
        }
        @SuppressWarnings("unchecked") // the only ArrayLists on the stack are those made here
        List<Object> list = (List<Object>) top();
        list.addAll(added);
    }

    private void put(int length) throws PickleException {
        List<Object> added = take(length);
        if (!(top() instanceof LinkedHashMap<?, ?>) || length % 2 != 0) {
            throw new PickleException("something is put into what is no dictionary, or a key without a value");
        }
        @SuppressWarnings("unchecked") // the only LinkedHashMaps on the stack are those made here and by constructors
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < length; i += 2) {
            Object key = added.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new PickleException("a key is neither text nor a number");
            }
            map.put(key, added.get(i + 1));
        }
    }

    private void stackGlobal() throws PickleException {
        List<Object> name = take(2);
        if (!(name.get(0) instanceof String module) || !(name.get(1) instanceof String member)) {
            throw new PickleException("a class is named by something else than text");
        }
        stack.add(names.global(module, member));
    }

    private void reduce() throws PickleException {
        List<Object> call = take(2);
        if (!(call.get(0) instanceof Constructor constructor) || !(call.get(1) instanceof List<?> arguments)) {
            throw new PickleException("something is called that is no function");
        }
        stack.add(constructor.make(Collections.unmodifiableList(arguments)));
    }

    /** Attributes of a dictionary, such as the versions torch adds to a state dict, are dropped; others have none. */
    private void build() throws PickleException {
        pop();
        if (!(top() instanceof Map<?, ?>)) {
            throw new PickleException("attributes are given to what is no dictionary");
        }
    }

    private Object recall(int key) throws PickleException {
        Object value = memo.get(key);
        if (value == null) {
            throw new PickleException("value " + key + " is recalled before it is remembered");
        }
        return value;
    }

    private int aboveMark() throws PickleException {
        if (marks.isEmpty()) {
            throw new PickleException("a mark is missing");
        }
        return stack.size() - marks.remove(marks.size() - 1);
    }

    /** Takes the topmost values off the stack; not those below the last mark. */
    private List<Object> take(int length) throws PickleException {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        int from = stack.size() - length;
        if (length < 0 || from < floor) {
            throw new PickleException("its stack is too short");
        }
        List<Object> upper = stack.subList(from, stack.size());
        List<Object> taken = new ArrayList<>(upper);
        upper.clear();
        return taken;
    }

    private Object pop() throws PickleException {
        return take(1).get(0);
    }

    private Object top() throws PickleException {
        if (stack.isEmpty()) {
            throw new PickleException("its stack is empty");
        }
        return stack.get(stack.size() - 1);
    }
}
