// Device accesses. Plain pointer stores may be merged or dropped by the JIT; a volatile field may not.

namespace Nestor.Hal;

/// <summary>Loads and stores that happen exactly once, in order.</summary>
public static unsafe class Mmio
{
    public static byte Read8(ulong address) => ((Byte*)address)->Value;

    public static uint Read32(ulong address) => ((Word*)address)->Value;

    public static ulong Read64(ulong address) => ((Double*)address)->Value;

    public static void Write8(ulong address, byte value) => ((Byte*)address)->Value = value;

    public static void Write32(ulong address, uint value) => ((Word*)address)->Value = value;

    public static void Write64(ulong address, ulong value) => ((Double*)address)->Value = (nuint)value;

    private struct Byte
    {
        public volatile byte Value;
    }

    private struct Word
    {
        public volatile uint Value;
    }

    // C# has no volatile ulong; nuint is the same 64 bits here.
    private struct Double
    {
        public volatile nuint Value;
    }
}
