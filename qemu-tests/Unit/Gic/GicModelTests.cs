// Random guests and devices against the model and the oracle at once. After every single step each vCPU must be signalled
// exactly the interrupt that the oracle names, so nothing can be lost, come twice, come while masked, or overtake.

using System.Collections.Generic;
using FsCheck.Xunit;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicModelTests
{
    private const uint Vcpus = 3;

    // Few enough that actions meet, more than list registers.
    private static readonly uint[] s_intIds = [0, 1, 5, 15, 20, 21, 27, 32, 33, 34, 35, 36, 37, 63, 64, 65, 90, 96, 127];

    [Property(MaxTest = 250, StartSize = 20, EndSize = 1500)]
    public void Every_step_signals_what_the_oracle_signals_with_4_list_registers(byte[] program) => Run(program, 4, false);

    [Property(MaxTest = 150, StartSize = 20, EndSize = 1500)]
    public void The_same_with_1_list_register(byte[] program) => Run(program, 1, false);

    [Property(MaxTest = 100, StartSize = 20, EndSize = 1500)]
    public void The_same_with_16_list_registers(byte[] program) => Run(program, 16, false);

    [Property(MaxTest = 250, StartSize = 20, EndSize = 1500)]
    public void The_same_with_separate_deactivation_in_any_order(byte[] program) => Run(program, 4, true);

    [Property(MaxTest = 150, StartSize = 20, EndSize = 1500)]
    public void The_same_with_separate_deactivation_and_2_list_registers(byte[] program) => Run(program, 2, true);

    private static void Run(byte[] program, uint listRegisters, bool separate)
    {
        using var machine = new GicMachine(Vcpus, listRegisters, separate);
        var run = new Interpreter(machine, new GicOracle(Vcpus), program, separate);
        run.Prepare();
        while (run.Step())
        {
            run.Compare();
        }

        run.CompareRegisters();
    }

    private sealed class Interpreter(GicMachine machine, GicOracle oracle, byte[] program, bool separate)
    {
        private readonly List<(uint Vcpu, GicOracle.Interrupt Interrupt)> _toDeactivate = [];
        private int _at;

        // Most interrupts usable from the start, so that short programs already do something.
        public void Prepare()
        {
            machine.Write(0, 3);
            oracle.Group0 = oracle.Group1 = true;
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                foreach (uint intId in s_intIds)
                {
                    GicOracle.Interrupt interrupt = oracle.Get(vcpu, intId);
                    SetGroup(vcpu, interrupt, true, vcpu);
                    SetBit(0x100, vcpu, interrupt, vcpu);
                    interrupt.Enabled = true;
                    SetPriority(vcpu, interrupt, intId % 3 * 0x40);
                }
            }
        }

        public bool Step()
        {
            if (_at + 3 > program.Length)
            {
                return false;
            }

            byte action = program[_at++];
            uint vcpu = (uint)program[_at] % Vcpus;
            uint by = (uint)(program[_at++] >> 4) % Vcpus;
            byte detail = program[_at++];
            GicOracle.Interrupt interrupt = oracle.Get(vcpu, s_intIds[detail % s_intIds.Length]);
            bool flag = (detail & 0x80) != 0;
            switch (action % 24)
            {
                case 0 or 1 or 2 or 3:
                    Acknowledge(vcpu);
                    break;
                case 4 or 5 or 6:
                    End(vcpu);
                    break;
                case 7 or 8:
                    Pulse(vcpu, interrupt);
                    break;
                case 9:
                    SetLine(vcpu, interrupt, true);
                    break;
                case 10:
                    SetLine(vcpu, interrupt, false);
                    break;
                case 11 or 12:
                    SendSgi(vcpu, detail);
                    break;
                case 13:
                    SetBit(0x100, vcpu, interrupt, by);
                    interrupt.Enabled = true;
                    break;
                case 14:
                    SetBit(0x180, vcpu, interrupt, by);
                    interrupt.Enabled = false;
                    break;
                case 15:
                    SetBit(0x200, vcpu, interrupt, by);
                    interrupt.Latch = true;
                    break;
                case 16:
                    SetBit(0x280, vcpu, interrupt, by);
                    interrupt.Latch = false;
                    break;
                case 17 when separate:
                    SetBit(flag ? 0x300u : 0x380u, vcpu, interrupt, by);
                    interrupt.Active = flag;
                    interrupt.AcknowledgedBy = null;
                    break;
                case 18 when !interrupt.Active:
                    SetPriority(vcpu, interrupt, program[_at - 2]);
                    break;
                case 19 when interrupt.IntId >= 32:
                    uint affinity = (uint)detail % (Vcpus + 1);
                    machine.Write(0x6000 + (interrupt.IntId * 8), affinity, flag ? 8u : 4u, by);
                    interrupt.Target = affinity;
                    break;
                case 20:
                    SwitchVcpu(vcpu);
                    break;
                case 21 when interrupt.IntId >= 16:
                    Configure(vcpu, interrupt, flag, by);
                    break;
                case 22:
                    SetGroup(vcpu, interrupt, flag, by);
                    break;
                case 23:
                    ControlOrInspect(detail, by);
                    break;
                default:
                    End(vcpu);
                    break;
            }

            return true;
        }

        public void Compare()
        {
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                if (machine.IsLoaded(vcpu))
                {
                    Assert.Equal(oracle.Signalled(vcpu)?.IntId ?? GicMachine.Spurious, machine.Signalled(vcpu));
                    continue;
                }

                GicOracle.Interrupt? expected = oracle.Signalled(vcpu, ignoreRunning: true);
                uint actual = VirtualGicDelivery.HighestPending(machine.Gic, vcpu);
                Assert.Equal(
                    expected is null ? VirtualGicDelivery.NothingPending : (expected.Priority << 16) | expected.IntId,
                    actual);
            }

            Assert.Equal(0u, machine.Gic->Unsettled);
        }

        public void CompareRegisters()
        {
            foreach (GicOracle.Interrupt interrupt in oracle.All)
            {
                uint vcpu = interrupt.IntId < 32 ? interrupt.Target : 0;
                Assert.Equal(interrupt.Pending, GetBit(0x200, vcpu, interrupt.IntId));
                Assert.Equal(interrupt.Active, GetBit(0x300, vcpu, interrupt.IntId));
                Assert.Equal(interrupt.Enabled, GetBit(0x180, vcpu, interrupt.IntId));
                Assert.Equal(interrupt.InGroup1, GetBit(0x080, vcpu, interrupt.IntId));
            }
        }

        private void Acknowledge(uint vcpu)
        {
            if (machine.IsLoaded(vcpu))
            {
                GicOracle.Interrupt? expected = oracle.Acknowledge(vcpu);
                Assert.Equal(expected?.IntId ?? GicMachine.Spurious, machine.Acknowledge(vcpu));
            }
        }

        // With separate deactivation the guest deactivates some time after, not in the order of ending.
        private void End(uint vcpu)
        {
            if (!machine.IsLoaded(vcpu))
            {
                return;
            }

            GicOracle.Interrupt? ended = oracle.End(vcpu, !separate);
            Assert.Equal(ended?.IntId ?? GicMachine.Spurious, machine.End(vcpu));
            if (!separate)
            {
                return;
            }

            if (ended is not null)
            {
                _toDeactivate.Add((vcpu, ended));
                if (_toDeactivate.Count < 9)
                {
                    return;
                }
            }

            int index = _toDeactivate.FindIndex(entry => entry.Vcpu == vcpu);
            if (index >= 0)
            {
                GicOracle.Interrupt interrupt = _toDeactivate[index].Interrupt;
                _toDeactivate.RemoveAt(index);
                // By another than the owner only where ICC_DIR_EL1 is trapped: a test of its own.
                bool owner = interrupt.AcknowledgedBy == vcpu;
                if (owner && interrupt.Active && !_toDeactivate.Exists(entry => entry.Interrupt == interrupt))
                {
                    machine.Deactivate(vcpu, interrupt.IntId);
                    interrupt.Active = false;
                }
            }
        }

        private void Pulse(uint vcpu, GicOracle.Interrupt interrupt)
        {
            machine.Pulse(interrupt.IntId, vcpu);
            interrupt.Latch = true;
        }

        private void SetLine(uint vcpu, GicOracle.Interrupt interrupt, bool high)
        {
            machine.SetLine(interrupt.IntId, high, vcpu);
            interrupt.SetLine(high);
        }

        private void SendSgi(uint from, byte detail)
        {
            uint intId = s_intIds[detail & 3];
            bool others = (detail & 0x80) != 0;
            uint list = (uint)(detail >> 2) & 0xF;
            machine.SendSgi(from, (others ? 1UL << 40 : 0) | ((ulong)intId << 24) | list);
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                bool addressed = others ? vcpu != from : (list & (1 << (int)vcpu)) != 0;
                GicOracle.Interrupt interrupt = oracle.Get(vcpu, intId);
                interrupt.Latch |= addressed && interrupt.InGroup1;
            }
        }

        private void SwitchVcpu(uint vcpu)
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

        private void SetPriority(uint vcpu, GicOracle.Interrupt interrupt, uint priority)
        {
            WriteAt(0x400 + interrupt.IntId, vcpu, interrupt.IntId, priority, 1, vcpu);
            interrupt.Priority = priority & 0xF8;
        }

        private void Configure(uint vcpu, GicOracle.Interrupt interrupt, bool edge, uint by)
        {
            uint offset = 0xC00 + (interrupt.IntId / 16 * 4);
            uint bit = 2u << (int)(interrupt.IntId % 16 * 2);
            uint old = (uint)ReadAt(offset, vcpu, interrupt.IntId);
            WriteAt(offset, vcpu, interrupt.IntId, edge ? old | bit : old & ~bit, 4, by);
            interrupt.Edge = edge;
        }

        private void ControlOrInspect(byte detail, uint by)
        {
            if ((detail & 4) != 0)
            {
                CompareRegisters();
                return;
            }

            uint enables = (detail & 8) != 0 ? 3 : (uint)detail & 3;
            machine.Write(0, enables, 4, by);
            oracle.Group0 = (enables & 1) != 0;
            oracle.Group1 = (enables & 2) != 0;
        }

        private void SetGroup(uint vcpu, GicOracle.Interrupt interrupt, bool group1, uint by)
        {
            uint offset = 0x080 + (interrupt.IntId / 32 * 4);
            uint bit = 1u << (int)(interrupt.IntId % 32);
            uint old = (uint)ReadAt(offset, vcpu, interrupt.IntId);
            WriteAt(offset, vcpu, interrupt.IntId, group1 ? old | bit : old & ~bit, 4, by);
            interrupt.InGroup1 = group1;
        }

        private void SetBit(uint offset, uint vcpu, GicOracle.Interrupt interrupt, uint by) =>
            WriteAt(offset + (interrupt.IntId / 32 * 4), vcpu, interrupt.IntId, 1u << (int)(interrupt.IntId % 32), 4, by);

        private bool GetBit(uint offset, uint vcpu, uint intId) =>
            (ReadAt(offset + (intId / 32 * 4), vcpu, intId) & (1u << (int)(intId % 32))) != 0;

        private void WriteAt(uint offset, uint vcpu, uint intId, uint value, uint size, uint by)
        {
            if (intId < 32)
            {
                machine.WriteRedistributor(vcpu, 0x10000 + offset, value, size, by);
            }
            else
            {
                machine.Write(offset, value, size, by);
            }
        }

        private ulong ReadAt(uint offset, uint vcpu, uint intId) =>
            intId < 32 ? machine.ReadRedistributor(vcpu, 0x10000 + offset) : machine.Read(offset);
    }
}
