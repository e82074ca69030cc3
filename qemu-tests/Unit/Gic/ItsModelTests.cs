// Random guests of the ITS against the oracle: after every step each vCPU must be signalled what the oracle names. And
// guests that mean harm: any number in any table, queue or base register, with the page behind the VM's memory unmapped.

using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Xunit;
using Nestor.Hal;
using Nestor.Kernel;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class ItsModelTests
{
    private const uint Vcpus = 3;
    private const uint Devices = 2;
    private const uint Events = 4;

    private static readonly uint[] s_intIds = [8192, 8193, 8255, 8256, 8319, 8320, 9000, 16383];

    [Property(MaxTest = 60, StartSize = 20, EndSize = 700)]
    public void Every_step_signals_what_the_oracle_signals(byte[] program) => Run(program, 4, becomesActive: true);

    [Property(MaxTest = 40, StartSize = 20, EndSize = 700)]
    public void The_same_with_1_list_register(byte[] program) => Run(program, 1, becomesActive: true);

    [Property(MaxTest = 40, StartSize = 20, EndSize = 700)]
    public void The_same_where_list_registers_let_go_of_acknowledged_LPIs(byte[] program) => Run(program, 2, becomesActive: false);

    [Property(MaxTest = 150, StartSize = 20, EndSize = 1000)]
    public void A_hostile_guest_reaches_nothing_but_its_own_memory(byte[] program)
    {
        const ulong Size = 0x4_0000;
        using var memory = new GuardedMemory((int)Size);
        using var machine = new GicMachine(2);
        machine.Gic->Machine->RamAt = new Pa((ulong)memory.Start);
        machine.Gic->Machine->RamSize = Size;
        var numbers = new HostileNumbers(program);
        machine.Write(0, 3);
        while (!numbers.AtEnd)
        {
            uint vcpu = numbers.Byte() & 1u;
            switch (numbers.Byte() % 8)
            {
                case 0:
                    machine.WriteRedistributor(vcpu, 0x70 + (numbers.Byte() & 12u), numbers.Next(), (numbers.Byte() & 1) != 0 ? 8u : 4u);
                    break;
                case 1:
                    machine.WriteRedistributor(vcpu, 0, numbers.Byte() & 1u);
                    break;
                case 2:
                    machine.WriteIts(numbers.Byte() & 1u, numbers.Byte() & 1u, 4, vcpu);
                    break;
                case 3:
                    machine.WriteIts((numbers.Byte() % 3) switch { 0 => 0x80u, 1 => 0x100, _ => 0x108 }, numbers.Next(), by: vcpu);
                    break;
                case 4:
                    machine.WriteIts(0x88, numbers.Next(), by: vcpu);
                    machine.ContinueCommands(vcpu);
                    break;
                case 5:
                    for (int i = 0; i < 8; i++)
                    {
                        *(ulong*)(memory.Start + (numbers.Next() % (Size / 8) * 8)) = numbers.Next();
                    }

                    break;
                case 6:
                    machine.WriteIts(0x1_0040, numbers.Next(), 4, vcpu);
                    break;
                default:
                    machine.Acknowledge(vcpu);
                    machine.End(vcpu);
                    break;
            }
        }
    }

    private static void Run(byte[] program, uint listRegisters, bool becomesActive)
    {
        using var its = new ItsMachine(Vcpus, listRegisters);
        its.Gic.LpisBecomeActive = becomesActive;
        var run = new Interpreter(its, program);
        run.Prepare();
        while (run.Step())
        {
            run.Compare();
        }
    }

    private sealed class Interpreter(ItsMachine its, byte[] program)
    {
        private readonly GicOracle _oracle = new(Vcpus) { Group0 = true, Group1 = true };
        private readonly Dictionary<(uint Device, uint Number), (uint IntId, uint Collection)> _mapped = [];
        private readonly uint?[] _collections = [0, 1, 2];
        private readonly bool[] _enabled = [true, true, true];
        private readonly Dictionary<uint, byte> _configuration = [];
        private int _at;

        public void Prepare()
        {
            foreach (uint intId in s_intIds)
            {
                for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
                {
                    _oracle.All.Add(new GicOracle.Interrupt { IntId = intId, Target = vcpu, InGroup1 = true, Edge = true });
                }

                Configure(intId, (byte)((intId % 3 * 0x40) | 1));
            }

            for (uint device = 0; device < Devices; device++)
            {
                its.MapDevice(device, 2, ItsMachine.InterruptTables + (device * 0x100));
                for (uint number = 0; number < Events; number++)
                {
                    Map(device, number, s_intIds[(device * Events) + number], number % Vcpus);
                }
            }

            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                its.Gic.WriteRedistributor(vcpu, 0x1_0080, uint.MaxValue);
                its.Gic.WriteRedistributor(vcpu, 0x1_0100, 3);
                its.Gic.WriteRedistributor(vcpu, 0x1_0400, 0x4080);
                for (uint sgi = 0; sgi < 2; sgi++)
                {
                    GicOracle.Interrupt interrupt = _oracle.Get(vcpu, sgi);
                    interrupt.InGroup1 = interrupt.Enabled = true;
                    interrupt.Priority = sgi == 0 ? 0x80u : 0x40u;
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
            byte first = program[_at++];
            byte second = program[_at++];
            uint vcpu = first % Vcpus;
            uint device = (uint)(first >> 4) % Devices;
            uint number = second % Events;
            uint collection = (uint)(second >> 4) % Vcpus;
            uint intId = s_intIds[(second >> 2) % s_intIds.Length];
            switch (action % 20)
            {
                case 0 or 1 or 2 or 3:
                    Acknowledge(vcpu);
                    break;
                case 4 or 5:
                    End(vcpu);
                    break;
                case 6 or 7 or 8 or 9:
                    its.Interrupt(device, number, by: vcpu);
                    SetPending(Target(device, number), true);
                    break;
                case 10:
                    its.Clear(device, number);
                    SetPending(Target(device, number), false);
                    break;
                case 11:
                    its.Discard(device, number);
                    if (Target(device, number) is { } discarded)
                    {
                        SetPending(discarded, false);
                        _mapped.Remove((device, number));
                    }

                    break;
                case 12:
                    Map(device, number, intId, collection);
                    break;
                case 13:
                    MapCollection(collection, vcpu, (first & 0x80) == 0);
                    break;
                case 14:
                    Move(device, number, collection);
                    break;
                case 15:
                    its.MoveAll(vcpu, collection);
                    MoveAll(vcpu, collection);
                    break;
                case 16:
                    Configure(intId, first);
                    break;
                case 17:
                    its.Gic.SendSgi(vcpu, ((ulong)(second & 1) << 24) | (1UL << (int)collection));
                    _oracle.Get(collection, second & 1u).Latch = true;
                    break;
                case 18:
                    Switch(vcpu);
                    break;
                default:
                    Enable(vcpu, (second & 3) != 0);
                    break;
            }

            return true;
        }

        public void Compare()
        {
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                GicOracle.Interrupt? expected = _oracle.Signalled(vcpu, ignoreRunning: !its.Gic.IsLoaded(vcpu));
                if (its.Gic.IsLoaded(vcpu))
                {
                    Assert.Equal(expected?.IntId ?? GicMachine.Spurious, its.Gic.Signalled(vcpu));
                }
                else
                {
                    Assert.Equal(
                        expected is null ? VirtualGicDelivery.NothingPending : (expected.Priority << 16) | expected.IntId,
                        VirtualGicDelivery.HighestPending(its.Gic.Gic, vcpu));
                }
            }
        }

        private GicOracle.Interrupt Lpi(uint vcpu, uint intId) =>
            _oracle.All.Single(one => one.IntId == intId && one.Target == vcpu);

        private (uint Vcpu, uint IntId)? Target(uint device, uint number) =>
            _mapped.TryGetValue((device, number), out (uint IntId, uint Collection) to) && _collections[to.Collection] is { } vcpu
                ? (vcpu, to.IntId)
                : null;

        private void SetPending((uint Vcpu, uint IntId)? target, bool pending)
        {
            if (target is { } at && (!pending || _enabled[at.Vcpu]))
            {
                Lpi(at.Vcpu, at.IntId).Latch = pending;
            }
        }

        private void Map(uint device, uint number, uint intId, uint collection)
        {
            its.MapInterrupt(device, number, intId, collection);
            _mapped[(device, number)] = (intId, collection);
        }

        private void MapCollection(uint collection, uint vcpu, bool valid)
        {
            its.MapCollection(collection, vcpu, valid);
            _collections[collection] = valid ? vcpu : null;
        }

        private void Move(uint device, uint number, uint collection)
        {
            its.Move(device, number, collection);
            if (Target(device, number) is not { } old || _collections[collection] is not { } to)
            {
                return;
            }

            _mapped[(device, number)] = (old.IntId, collection);
            if (old.Vcpu != to && Lpi(old.Vcpu, old.IntId).Latch)
            {
                Lpi(old.Vcpu, old.IntId).Latch = false;
                SetPending((to, old.IntId), true);
            }
        }

        private void MoveAll(uint from, uint to)
        {
            foreach (uint intId in s_intIds)
            {
                if (from != to && _enabled[from] && _enabled[to] && Lpi(from, intId).Latch)
                {
                    Lpi(from, intId).Latch = false;
                    Lpi(to, intId).Latch = true;
                }
            }
        }

        // A vCPU that no collection names is told by nobody; here it learns it all the same.
        private void Configure(uint intId, byte value)
        {
            its.Configure(intId, value);
            _configuration[intId] = value;
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                its.Gic.Kick(LpiDelivery.Reconsider(its.Gic.Gic, vcpu, intId));
            }

            Refresh();
        }

        private void Enable(uint vcpu, bool enabled)
        {
            its.Gic.WriteRedistributor(vcpu, 0, enabled ? 1u : 0);
            _enabled[vcpu] = enabled;
            Refresh();
        }

        private void Refresh()
        {
            foreach (GicOracle.Interrupt interrupt in _oracle.All.Where(one => one.IntId >= 8192))
            {
                byte value = _configuration.GetValueOrDefault(interrupt.IntId);
                interrupt.Enabled = (value & 1) != 0 && _enabled[interrupt.Target];
                interrupt.Priority = value & 0xF8u;
            }
        }

        private void Acknowledge(uint vcpu)
        {
            if (its.Gic.IsLoaded(vcpu))
            {
                Assert.Equal(_oracle.Acknowledge(vcpu)?.IntId ?? GicMachine.Spurious, its.Gic.Acknowledge(vcpu));
            }
        }

        private void End(uint vcpu)
        {
            if (its.Gic.IsLoaded(vcpu))
            {
                Assert.Equal(_oracle.End(vcpu, true)?.IntId ?? GicMachine.Spurious, its.Gic.End(vcpu));
            }
        }

        private void Switch(uint vcpu)
        {
            if (its.Gic.IsLoaded(vcpu))
            {
                its.Gic.Unload(vcpu);
            }
            else
            {
                its.Gic.Load(vcpu);
            }
        }
    }

    // Words that are near something: small numbers, addresses at the edges of memory, commands, all bits.
    private sealed class HostileNumbers(byte[] program)
    {
        private int _at;

        public bool AtEnd => _at >= program.Length;

        public uint Byte() => AtEnd ? 0u : program[_at++];

        public ulong Next()
        {
            uint kind = Byte();
            ulong detail = Byte();
            ulong edge = GicMachine.Ram + (detail << 10) + (detail >= 0xF0 ? ulong.MaxValue << 12 : 0);
            return (kind % 10) switch
            {
                0 => detail,
                1 => edge,
                2 or 3 => ItsMachine.Valid | edge | (kind >> 4),
                4 => ItsMachine.Valid | (1UL << 62) | (edge & ~0xFFFUL) | (kind & 0x300),
                5 => ItsMachine.Valid | (detail << 16) | (kind >> 5),
                6 => (detail % 16) | ((ulong)(kind >> 4) << 32),
                7 => ((8192 + detail) << 32) | (kind >> 4),
                8 => ulong.MaxValue << (int)(detail & 63),
                _ => ulong.MaxValue >> (int)(detail & 63),
            };
        }
    }
}
