// Between real CPUs a kick takes time, and the other CPU meanwhile goes on with old list registers. Exact equality with the
// oracle cannot be asked for then, but nothing may be lost, invented or duplicated.

using FsCheck.Xunit;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicLateKickTests
{
    private const uint Vcpus = 4;
    private const uint First = 32;
    private const uint Count = 8;

    [Property(MaxTest = 300, StartSize = 20, EndSize = 1000)]
    public void Every_edge_is_delivered_at_least_once_after_it_and_never_more_often_than_raised(byte[] program)
    {
        using var machine = new GicMachine(Vcpus, 2);
        machine.Write(0, 3);
        machine.Write(0x084, 0xFF);
        machine.Write(0x104, 0xFF);
        machine.Write(0xC08, 0xAAAA);
        machine.KicksAtOnce = false;
        var raised = new int[Count];
        var delivered = new int[Count];
        var owed = new bool[Count];

        for (int at = 0; at + 2 < program.Length; at += 3)
        {
            uint vcpu = program[at + 1] % Vcpus;
            uint n = program[at + 2] % Count;
            switch (program[at] % 10)
            {
                case 0 or 1:
                    machine.Pulse(First + n);
                    raised[n]++;
                    owed[n] = true;
                    break;
                case 2 or 3 or 4:
                    Acknowledge(machine, vcpu, delivered, owed);
                    break;
                case 5 when machine.IsLoaded(vcpu):
                    machine.End(vcpu);
                    break;
                case 6:
                    machine.Settle(vcpu);
                    break;
                case 7:
                    machine.Write(0x6000 + ((First + n) * 8), (uint)(program[at + 1] >> 4) % Vcpus, 8, vcpu);
                    break;
                case 8:
                    machine.Write(((program[at + 2] & 0x80) != 0) ? 0x104u : 0x184u, 1u << (int)n, 4, vcpu);
                    break;
                case 9:
                    Switch(machine, vcpu);
                    break;
            }
        }

        Drain(machine, delivered, owed);
        for (uint n = 0; n < Count; n++)
        {
            Assert.False(owed[n], $"SPI {First + n} was lost");
            Assert.InRange(delivered[n], 0, raised[n]);
        }
    }

    private static void Acknowledge(GicMachine machine, uint vcpu, int[] delivered, bool[] owed)
    {
        uint intId = machine.IsLoaded(vcpu) ? machine.Acknowledge(vcpu) : GicMachine.Spurious;
        if (intId != GicMachine.Spurious)
        {
            delivered[intId - First]++;
            owed[intId - First] = false;
        }
    }

    private static void Switch(GicMachine machine, uint vcpu)
    {
        if (machine.IsLoaded(vcpu))
        {
            machine.Unload(vcpu);
        }
        else
        {
            machine.Load(vcpu);
        }
    }

    // Everything enabled, every vCPU running, every kick delivered: all that is owed must come.
    private static void Drain(GicMachine machine, int[] delivered, bool[] owed)
    {
        for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
        {
            if (!machine.IsLoaded(vcpu))
            {
                machine.Load(vcpu);
            }
        }

        machine.KicksAtOnce = true;
        machine.Kick(0);
        machine.Write(0x104, 0xFF);
        for (int round = 0; round < 4 * Count; round++)
        {
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                while (machine.End(vcpu) != GicMachine.Spurious)
                {
                }

                Acknowledge(machine, vcpu, delivered, owed);
            }
        }
    }
}
