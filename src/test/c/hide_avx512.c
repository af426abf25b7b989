/*
 * Hides AVX-512 and later extensions from a process, for measurements on a CPU that has them:
 *
 *     gcc -shared -fPIC -O1 -o hide_avx512.so hide_avx512.c
 *     LD_PRELOAD=$PWD/hide_avx512.so COMMAND
 *
 * Linux makes the instruction CPUID fault (arch_prctl(2), ARCH_SET_CPUID) on CPUs with the flag cpuid_fault. The handler executes the
 * instruction and clears the bits. The Java virtual machine has a handler of its own for the same signal, which is called for all
 * other faults. The declarations take the place of the headers of the C library, which are not installed everywhere.
 */
typedef unsigned int bits;

struct handler { /* struct sigaction of glibc for x86-64 */
    void (*function)(int, void *, void *);
    unsigned long mask[16];
    int flags;
    void (*restorer)(void);
};

struct context { /* the start of ucontext_t of glibc for x86-64 */
    unsigned long before[5];
    unsigned long registers[23];
};

extern long syscall(long number, ...);
extern void *dlsym(void *library, const char *name);
extern void abort(void);

enum { RBX = 11, RDX = 12, RAX = 13, RCX = 14, RIP = 16 };
enum { SEGV = 11, SIGINFO = 4, ONSTACK = 0x08000000, NODEFER = 0x40000000 };
enum { ARCH_PRCTL = 158, SET_CPUID = 0x1012 };

static struct handler other;
static int (*set_handler)(int, const struct handler *, struct handler *);

static bits without(bits value, int count, const int *positions) {
    for (int i = 0; i < count; i++) {
        value &= ~(1u << positions[i]);
    }
    return value;
}
#define WITHOUT(value, ...) \
    without(value, sizeof((int[]){__VA_ARGS__}) / sizeof(int), (int[]){__VA_ARGS__})

static void emulate(unsigned long *registers) {
    bits leaf = registers[RAX], part = registers[RCX], a = leaf, b, c = part, d;
    syscall(ARCH_PRCTL, SET_CPUID, 1);
    __asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    syscall(ARCH_PRCTL, SET_CPUID, 0);
    if (leaf == 7 && part == 0) {
        b = WITHOUT(b, 16, 17, 21, 28, 30, 31);           /* F, DQ, IFMA, CD, BW, VL */
        c = WITHOUT(c, 1, 6, 11, 12, 14);                 /* VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ */
        d = WITHOUT(d, 2, 3, 8, 22, 23, 24, 25);          /* 4VNNIW, 4FMAPS, VP2INTERSECT, AMX, FP16 */
    } else if (leaf == 7 && part == 1) {
        a = WITHOUT(a, 4, 5, 21, 23);                     /* AVX-VNNI, BF16, AMX-FP16, AVX-IFMA */
        d = WITHOUT(d, 4, 5, 10);                         /* AVX-VNNI-INT8, AVX-NE-CONVERT, AVX-VNNI-INT16 */
    }
    registers[RAX] = a;
    registers[RBX] = b;
    registers[RCX] = c;
    registers[RDX] = d;
    registers[RIP] += 2;
}

static void on_fault(int signal, void *information, void *context) {
    unsigned long *registers = ((struct context *)context)->registers;
    const unsigned char *instruction = (const unsigned char *)registers[RIP];
    if (*(int *)((char *)information + 8) == 128 && instruction[0] == 0x0f && instruction[1] == 0xa2) { /* si_code SI_KERNEL */
        emulate(registers);
    } else if ((unsigned long)other.function > 1) {
        other.function(signal, information, context);
    } else {
        abort();
    }
}

static void find(void) {
    if (!set_handler) {
        set_handler = dlsym((void *)-1, "sigaction");
    }
}

/** Keeps the handler of the program for the faults that are not CPUID. */
int sigaction(int signal, const struct handler *handler, struct handler *previous) {
    find();
    if (signal != SEGV) {
        return set_handler(signal, handler, previous);
    }
    if (previous) {
        *previous = other;
    }
    if (handler) {
        other = *handler;
    }
    return 0;
}

__attribute__((constructor)) static void hide(void) {
    struct handler handler = {.function = on_fault, .flags = SIGINFO | ONSTACK | NODEFER};
    find();
    set_handler(SEGV, &handler, 0);
    if (syscall(ARCH_PRCTL, SET_CPUID, 0) != 0) {
        static const char message[] = "hide_avx512: this CPU or kernel cannot make CPUID fault (flag cpuid_fault)\n";
        syscall(1, 2, message, sizeof(message) - 1);
        abort();
    }
}
