// The machine's power control (PSCI, Arm DEN 0022), reached by SMC because Nestor is at EL2.

namespace Nestor.Hal;

/// <summary>The PSCI calls that Nestor makes; Nestor's own answers to guests are kernel/Devices/VirtualPsci.cs.</summary>
public static class Psci
{
    /// <summary>Function ids (DEN 0022, 5.1).</summary>
    public const ulong Version = 0x8400_0000;
    public const ulong CpuSuspend32 = 0x8400_0001;
    public const ulong CpuSuspend64 = 0xC400_0001;
    public const ulong CpuOff = 0x8400_0002;
    public const ulong CpuOn32 = 0x8400_0003;
    public const ulong CpuOn64 = 0xC400_0003;
    public const ulong AffinityInfo32 = 0x8400_0004;
    public const ulong AffinityInfo64 = 0xC400_0004;
    public const ulong MigrateInfoType = 0x8400_0006;
    public const ulong SystemOff = 0x8400_0008;
    public const ulong SystemReset = 0x8400_0009;
    public const ulong Features = 0x8400_000A;

    /// <summary>Results.</summary>
    public const long Success = 0;
    public const long NotSupported = -1;
    public const long InvalidParameters = -2;
    public const long AlreadyOn = -4;
    public const long OnPending = -5;

    /// <summary>Starts another CPU at <paramref name="entry"/> with <paramref name="context"/> in its x0.</summary>
    public static long StartCpu(ulong affinity, ulong entry, ulong context) =>
        (long)Instructions.SecureMonitorCall(CpuOn64, affinity, entry, context);

    /// <summary>Switches the machine off. Does not return.</summary>
    public static void PowerOff()
    {
        Instructions.SecureMonitorCall(SystemOff, 0, 0, 0);
        Halt();
    }

    /// <summary>Resets the machine: with QEMU's -no-reboot, the way to end it with another reason than power-off.</summary>
    public static void Reset()
    {
        Instructions.SecureMonitorCall(SystemReset, 0, 0, 0);
        Halt();
    }

    private static void Halt()
    {
        while (true)
        {
            Instructions.Wfi();
        }
    }
}
