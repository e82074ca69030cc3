// PSCI: what it says about itself, how it refuses, and a CPU's way on and off.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static class PowerControl
{
    private const long On = 0;
    private const long Off = 1;

    public static void Run()
    {
        Tap.Check(Cpu.Psci(Psci.Version, 0, 0, 0) == 0x1_0001, "PSCI_VERSION is 1.1"u8);
        Tap.Check(Cpu.Psci(Psci.Features, Psci.CpuOn64, 0, 0) == 0, "PSCI_FEATURES: CPU_ON"u8);
        Tap.Check(Cpu.Psci(Psci.Features, Psci.CpuOff, 0, 0) == 0, "PSCI_FEATURES: CPU_OFF"u8);
        Tap.Check(Cpu.Psci(Psci.Features, Psci.AffinityInfo64, 0, 0) == 0, "PSCI_FEATURES: AFFINITY_INFO"u8);
        Tap.Check(Cpu.Psci(Psci.Features, Psci.SystemOff, 0, 0) == 0, "PSCI_FEATURES: SYSTEM_OFF"u8);
        Tap.Check(Cpu.Psci(Psci.Features, Psci.SystemReset, 0, 0) == 0, "PSCI_FEATURES: SYSTEM_RESET"u8);
        Tap.Check(Cpu.Psci(Psci.Features, 0x8400_00ff, 0, 0) == Psci.NotSupported, "PSCI_FEATURES: nothing unknown"u8);
        Tap.Check(Cpu.Psci(Psci.MigrateInfoType, 0, 0, 0) == 2, "MIGRATE_INFO_TYPE: no migration needed"u8);
        Tap.Check(Cpu.Psci(0x8400_00ff, 0, 0, 0) == Psci.NotSupported, "an unknown function is not supported"u8);
        Tap.Check(Cpu.Psci(0xc400_00ff, 0, 0, 0) == Psci.NotSupported, "an unknown 64-bit function is not supported"u8);
        Tap.Check(Cpu.Psci(Psci.AffinityInfo64, 0, 0, 0) == On, "AFFINITY_INFO: this CPU is on"u8);
        Tap.Check(Cpu.Psci(Psci.AffinityInfo64, 1, 0, 0) == Off, "AFFINITY_INFO: the other CPU is off"u8);
        Tap.Check(Cpu.Psci(Psci.AffinityInfo64, 7, 0, 0) == Psci.InvalidParameters, "AFFINITY_INFO: no such CPU"u8);
        Tap.Check(Cpu.Psci(Psci.CpuOn64, 0, Symbols.SecondaryStart, 0) == Psci.AlreadyOn, "CPU_ON: this CPU is on already"u8);
        Tap.Check(Cpu.Psci(Psci.CpuOn64, 7, Symbols.SecondaryStart, 0) == Psci.InvalidParameters, "CPU_ON: no such CPU"u8);

        Tap.Check(SecondCpu.TurnOn() == Psci.Success, "CPU_ON: accepted"u8);
        Tap.Check(SecondCpu.Do(SecondCpu.Report), "CPU_ON: the CPU runs"u8);
        Tap.Check(Cpu.Psci(Psci.AffinityInfo64, 1, 0, 0) == On, "AFFINITY_INFO: it is on"u8);
        Tap.Check(SecondCpu.TurnOn() == Psci.AlreadyOn, "CPU_ON: it is on already"u8);
        Tap.Check(SecondCpu.Value(0) == (Cpu.IsAtEl2 ? 8u : 4u), "CPU_ON: it starts at the same level"u8);
        Tap.Check((SecondCpu.Value(1) & 0xffff) == 1, "CPU_ON: its affinity is its own"u8);
        Tap.Check(SecondCpu.Value(2) == 0x3c0, "CPU_ON: its interrupts are masked"u8);
        Tap.Check(SecondCpu.TurnOff(), "CPU_OFF: it goes off"u8);
        Tap.Check(SecondCpu.TurnOn() == Psci.Success && SecondCpu.Do(SecondCpu.Report), "CPU_ON: and comes back"u8);
        Tap.Check(SecondCpu.TurnOff(), "CPU_OFF: and goes off again"u8);
    }
}
