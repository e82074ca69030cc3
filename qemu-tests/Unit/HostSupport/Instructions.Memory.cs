// hal/Cpu/Instructions.Memory.cs for the host: one thread needs no barriers, and memory is copied and zeroed by .NET.
using System.Runtime.InteropServices;

namespace Nestor.Hal;

public static unsafe partial class Instructions
{
    public static void Isb()
    {
    }

    public static void DsbSy()
    {
    }

    public static void DsbIsh()
    {
    }

    public static void DsbIshst()
    {
    }

    public static void CopyWords(void* to, void* from, ulong bytes) => NativeMemory.Copy(from, to, (nuint)bytes);

    public static void ZeroWords(void* to, ulong bytes) => NativeMemory.Clear(to, (nuint)bytes);
}
