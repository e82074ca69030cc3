// From reset to the first guest's first instruction.

using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The order of things at boot.</summary>
public static unsafe class Startup
{
    /// <summary>On the booting CPU, from boot/Start.S: MMU off, own stack, zeroed memory.</summary>
    [RuntimeExport("nestor_start")]
    private static void Boot(byte* deviceTree)
    {
        Features.Detect();
        Identification.Prepare();
        if (!HostMachine.Open(deviceTree) || !HostMachine.FindMemory())
        {
            // Without a device tree there is no known serial port to complain on.
            Shutdown.End(failed: true);
        }

        Mmu.BuildTables(HostMachine.MemoryEnd);
        Mmu.Enable();
        if (!Features.Lse)
        {
            Panic.Refuse("this CPU has no atomic instructions (FEAT_LSE): use QEMU 9.1 or newer with -cpu max"u8);
        }

        if (!HostMachine.FindGic())
        {
            Panic.Refuse("the machine has no GICv3: give QEMU -M virt,gic-version=3"u8);
        }

        HostMachine.FindCpus();
        HostMachine.FindModules();
        HostMachine.HandOverMemory();
        Cpus.Create();
        GicDistributor.Open(HostMachine.GicDistributor);
        Cpus.Initialise(Cpus.At(0));
        if (HostInterrupts.Uart != 0)
        {
            GicDistributor.Enable(HostMachine.GicDistributor, HostInterrupts.Uart, Cpus.At(0)->Affinity);
            Console.Port.EnableReceiveInterrupt();
        }

        VectorState.Measure();
        CreateGuests();
        if (Snapshot.IsRecorded)
        {
            GuestConsole.MakeRoom(Cpus.At(0));
        }

        GdbStub.Open();
        Snapshot.Open();
        Announce();
        Cpus.StartOthers();
        Enter(Cpus.At(0));
    }

    /// <summary>A CPU is ready: it runs its vCPUs for ever.</summary>
    public static void Enter(PerCpu* cpu)
    {
        SelfTest.Start(cpu);
        EnterGuest(Scheduler.Choose(cpu));
    }

    [RuntimeImport("*", "nestor_enter_guest")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void EnterGuest(VirtualCpu* vcpu);

    private static void CreateGuests()
    {
        GuestPlan.ReadWords(HostMachine.CommandLine());
        if (GuestPlan.Count == 0 && HostMachine.ModuleCount == 0)
        {
            GuestPlan.AddEmbedded();
        }
        else
        {
            GuestPlan.AssignModules();
        }

        for (uint i = 0; i < GuestPlan.Count; i++)
        {
            MachineBuilder.Build(GuestPlan.At(i));
        }

        if (!Machines.AnyRuns)
        {
            Panic.Refuse("no guest starts: each has start=no, and the machine ends when none runs"u8);
        }
    }

    private static void Announce()
    {
        Console.BeginMessage();
        Console.WriteDecimal(Cpus.Count);
        Console.Write(" CPUs, "u8);
        Console.WriteDecimal(PageAllocator.Used >> 10);
        Console.Write(" KiB of its own, guests:"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            Console.Write(" "u8);
            Console.Write(VirtualMachine.NameOf(machine));
            Console.Write(machine->HasVirtualEl2 ? " (EL2, "u8 : " (EL1, "u8);
            Console.WriteDecimal(machine->VcpuCount);
            Console.Write(" vCPUs, "u8);
            Console.WriteDecimal(machine->RamSize >> 20);
            Console.Write(machine->Ended == 0 ? " MiB)"u8 : " MiB, not started)"u8);
        }

        Console.WriteLine();
        Console.EndMessage();
    }
}
