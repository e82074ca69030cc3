// The machine's CPUs: their structures and stacks, and how the others are started.

using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>All CPUs of the machine.</summary>
public static unsafe class Cpus
{
    /// <summary>Bytes of a CPU's stack.</summary>
    public const ulong StackSize = 16384;

    private static Pointers s_cpus;

    /// <summary>How many there are.</summary>
    public static uint Count { get; private set; }

    /// <summary>A CPU by its number; 0 is the one that booted.</summary>
    public static PerCpu* At(uint index) => (PerCpu*)((Pointers*)Unsafe.AsPointer(ref s_cpus))->Value[index];

    /// <summary>Makes every CPU's structure. The booting CPU keeps its stack.</summary>
    public static void Create()
    {
        for (uint i = 0; i < HostMachine.CpuCount; i++)
        {
            PerCpu* cpu = (PerCpu*)PageAllocator.Allocate((ulong)sizeof(PerCpu));
            if (cpu == null)
            {
                Panic.Refuse("no memory for the CPUs"u8);
            }

            cpu->Index = i;
            cpu->Affinity = HostMachine.Affinity(i);
            cpu->Kick = GicCpuInterface.Sgi(cpu->Affinity, InterruptIds.Kick);
            cpu->Stack = i == 0 ? ImageLayout.BootStackTop : NewStack();
            cpu->PanicStack = i == 0 ? ImageLayout.BootPanicStackTop : NewStack();
            if (!TraceRing.Create(cpu))
            {
                Panic.Refuse("no memory for a trace"u8);
            }

            ((Pointers*)Unsafe.AsPointer(ref s_cpus))->Value[i] = (ulong)cpu;
            Count = i + 1;
        }

        SystemRegisters.TPIDR_EL2 = (ulong)At(0);
    }

    /// <summary>Starts the others and waits until they are up.</summary>
    public static void StartOthers()
    {
        for (uint i = 1; i < Count; i++)
        {
            PerCpu* cpu = At(i);
            if (Psci.StartCpu(cpu->Affinity, ImageLayout.SecondaryStart, (ulong)cpu) != Psci.Success)
            {
                Panic.Refuse("PSCI refuses to start a CPU of the machine"u8);
            }

            while (cpu->Online == 0)
            {
            }
        }
    }

    /// <summary>What each CPU does for itself, the MMU already on: EL2's own controls and its interrupts.</summary>
    public static void Initialise(PerCpu* cpu)
    {
        SystemRegisters.TPIDR_EL2 = (ulong)cpu;
        HostControls.Set();
        HostRegisters.Read(cpu);
        cpu->Redistributor = GicCpuInterface.Open(HostMachine.GicRedistributors, HostMachine.GicRedistributorsSize);
        if (cpu->Redistributor == 0)
        {
            Panic.Refuse("a CPU has no GICv3 redistributor"u8);
        }

        PerCpu.SetEnabled(cpu, InterruptIds.Kick, enabled: true);
        PerCpu.SetEnabled(cpu, InterruptIds.Debugger, enabled: true);
        PerCpu.SetEnabled(cpu, InterruptIds.Maintenance, enabled: true);
        PerCpu.SetEnabled(cpu, InterruptIds.HypervisorTimer, enabled: true);
        cpu->Online = 1;
    }

    [RuntimeExport("nestor_start_secondary")]
    private static void Secondary(PerCpu* cpu)
    {
        Mmu.Enable();
        Initialise(cpu);
        Startup.Enter(cpu);
    }

    private static ulong NewStack()
    {
        // The page below stays unmapped: running over the end of a stack is an exception, not a corruption.
        byte* stack = PageAllocator.Allocate(PageAllocator.PageSize + StackSize);
        if (stack == null)
        {
            Panic.Refuse("no memory for a stack"u8);
        }

        Mmu.Unmap((ulong)stack);
        return (ulong)stack + PageAllocator.PageSize + StackSize;
    }

    private struct Pointers
    {
        public fixed ulong Value[PerCpu.Maximum];
    }
}
