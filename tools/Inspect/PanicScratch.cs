// An exception taken from Nestor itself finds no register free: boot/Vectors.S keeps x0, x1 and SP_EL2 in three registers of the
// guest until it has a stack, and what the guest had there is lost.

namespace Nestor.Tools.Inspect;

/// <summary>Tells those registers from the guest's.</summary>
public static class PanicScratch
{
    /// <summary>The registers of a CPU without those that are no longer the guest's.</summary>
    /// <param name="memory">The machine's.</param>
    /// <param name="cpu">The CPU.</param>
    /// <param name="hardware">What it has in its registers.</param>
    public static async Task<IReadOnlyDictionary<string, ulong>> RemoveAsync(
        MachineMemory memory, HostCpu cpu, IReadOnlyDictionary<string, ulong> hardware)
    {
        KernelLayout layout = cpu.Data.Layout;
        ulong place = cpu.Data.U64("PanicStack") - (ulong)layout.Size("PanicFrame");
        KernelObject frame = await KernelObject.ReadAsync(memory, layout, "PanicFrame", place).ConfigureAwait(false);
        Dictionary<string, ulong> scratch = new()
        {
            ["TPIDRRO_EL0"] = frame.U64("X", 0),
            ["TPIDR_EL1"] = frame.U64("X", 1),
            ["SP_EL0"] = frame.U64("Sp"),
        };

        // The frame is made of them. Before the first exception it is zero, which no stack pointer of Nestor's is.
        return frame.U64("Sp") != 0 && scratch.All(one => hardware.GetValueOrDefault(one.Key) == one.Value)
            ? new Dictionary<string, ulong>(hardware.Where(one => !scratch.ContainsKey(one.Key)), StringComparer.OrdinalIgnoreCase)
            : hardware;
    }
}
