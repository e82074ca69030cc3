// How much memory a guest's files take where Nestor puts them: kernel/Machine/MachineBuilder.cs, which does as QEMU does.

namespace Nestor.Tools.Launch;

/// <summary>The layout of a guest's RAM.</summary>
public static class GuestLayout
{
    private const long RamdiskOffset = 128 * MemorySize.MiB;
    private const long Granule = 2 * MemorySize.MiB;
    private const long TreeSize = 64 * MemorySize.KiB;
    private const long RoomForTree = MemorySize.MiB;
    private const long Page = 4 * MemorySize.KiB;
    private const long Most = 1L << 41;

    /// <summary>The least memory, a multiple of 2 MiB, that holds a kernel, an initrd and modules.</summary>
    public static long Least(ImageInfo kernel, long initrd, IReadOnlyList<long> modules)
    {
        long low = 0;
        long high = Most / Granule;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            if (End(middle * Granule, kernel, initrd, modules) <= middle * Granule)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high * Granule;
    }

    // Where the last of them ends, from the start of RAM.
    private static long End(long memory, ImageInfo kernel, long initrd, IReadOnlyList<long> modules)
    {
        long at = Math.Max(Math.Min(memory / 2, RamdiskOffset), MemorySize.RoundUp(kernel.End, Page));
        long end = at + initrd;
        at = MemorySize.RoundUp(end, Granule);
        if (kernel.Kind != ImageKind.Elf || kernel.Start < RoomForTree)
        {
            end = at + TreeSize;
            at = MemorySize.RoundUp(end, Granule);
        }

        foreach (long module in modules)
        {
            end = at + module;
            at = MemorySize.RoundUp(end, Granule);
        }

        return end;
    }
}
