package org.speechemotion.audio.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Makes empty shared libraries for Linux. ffmpeg is linked against the libraries of the screen and the sound card, which
 * servers lack, but calls them only to record from these devices. The linker of the system needs the files, and looks a
 * function up when it is called. The layout is that of the System V ABI, chapters 4 and 5, for 64 bits.
 */
final class StubLibrary {

    /** The values of {@code e_machine} for x86-64 and 64-bit ARM. */
    static final int X86_64 = 62;

    static final int AARCH64 = 183;

    private static final int FILE_HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int SYMBOL_BYTES = 24;
    private static final int HASH_BYTES = 16;
    private static final int PAGE = 1 << 16;
    private static final int SHARED_OBJECT = 3;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int GNU_STACK = 0x6474e551;
    private static final int READ_WRITE = 6;

    private StubLibrary() {}

    /** Returns the file of a library without symbols. */
    static byte[] of(String name, int machine) {
        byte[] names = ("\0" + name + "\0").getBytes(StandardCharsets.US_ASCII);
        int dynamic = FILE_HEADER_BYTES + 3 * PROGRAM_HEADER_BYTES;
        int dynamicBytes = 7 * 2 * Long.BYTES;
        int hash = dynamic + dynamicBytes;
        int symbols = hash + HASH_BYTES;
        int strings = symbols + SYMBOL_BYTES;
        int end = strings + names.length;
        ByteBuffer file = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) SHARED_OBJECT).putShort((short) machine).putInt(1);
        file.putLong(0).putLong(FILE_HEADER_BYTES).putLong(0).putInt(0);
        file.putShort((short) FILE_HEADER_BYTES)
                .putShort((short) PROGRAM_HEADER_BYTES)
                .putShort((short) 3)
                .putShort((short) 64)
                .putShort((short) 0)
                .putShort((short) 0);
        putProgramHeader(file, LOAD, 0, end, PAGE);
        putProgramHeader(file, DYNAMIC, dynamic, dynamicBytes, Long.BYTES);
        putProgramHeader(file, GNU_STACK, 0, 0, HASH_BYTES); // The stack is not executable.
        file.putLong(14).putLong(1); // DT_SONAME
        file.putLong(4).putLong(hash); // DT_HASH
        file.putLong(5).putLong(strings); // DT_STRTAB
        file.putLong(6).putLong(symbols); // DT_SYMTAB
        file.putLong(10).putLong(names.length); // DT_STRSZ
        file.putLong(11).putLong(SYMBOL_BYTES); // DT_SYMENT
        file.putLong(0).putLong(0); // DT_NULL
        file.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, and one symbol, the undefined one
        file.position(strings).put(names);
        return file.array();
    }

    private static void putProgramHeader(ByteBuffer file, int type, long offset, long bytes, long alignment) {
        file.putInt(type).putInt(READ_WRITE);
        file.putLong(offset).putLong(offset).putLong(offset);
        file.putLong(bytes).putLong(bytes).putLong(alignment);
    }
}
