// What surrounds the model in reality: CPUs with list registers and a virtual CPU interface that behaves as the architecture
// says, kicks between them, and maintenance interrupts. Tests drive guests through it and see only what a guest sees.

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Nestor.Hal;
using Nestor.Kernel;

namespace Nestor.Tests.Unit.Gic;

/// <summary>A VM's interrupt controller with a simulated CPU interface for each vCPU, all vCPUs loaded at first.</summary>
internal sealed unsafe class GicMachine : IDisposable
{
    /// <summary>What ICC_IAR1_EL1 gives if there is nothing.</summary>
    public const uint Spurious = 1023;

    /// <summary>Where the VM's memory starts.</summary>
    public const ulong Ram = 0x4000_0000;

    /// <summary>Bytes of it.</summary>
    public const ulong RamSize = 0x20_0000;

    private readonly VirtualMachine* _machine;
    private readonly ListRegisters* _registers;
    private readonly List<(uint Priority, uint IntId)>[] _running;
    private readonly bool[] _loaded;
    private readonly bool _separateDeactivation;
    private uint _onlyPrivate;

    /// <param name="vcpus">1 to 8.</param>
    /// <param name="listRegisters">1 to 16.</param>
    /// <param name="separateDeactivation">EOImode of all vCPUs.</param>
    public GicMachine(uint vcpus, uint listRegisters = 4, bool separateDeactivation = false)
    {
        _machine = (VirtualMachine*)NativeMemory.AllocZeroed((nuint)sizeof(VirtualMachine));
        _machine->RamStart = new Ipa(Ram);
        _machine->RamSize = RamSize;
        OwnMemory = (byte*)NativeMemory.AllocZeroed((nuint)RamSize);
        _machine->RamAt = new Pa((ulong)OwnMemory);
        _registers = (ListRegisters*)NativeMemory.AllocZeroed(vcpus, (nuint)sizeof(ListRegisters));
        _running = new List<(uint, uint)>[vcpus];
        _loaded = new bool[vcpus];
        _separateDeactivation = separateDeactivation;
        Vcpus = vcpus;
        if (!VirtualGic.Initialise(Gic, _machine, vcpus))
        {
            throw new ArgumentOutOfRangeException(nameof(vcpus));
        }

        for (uint vcpu = 0; vcpu < vcpus; vcpu++)
        {
            _running[vcpu] = [];
            _registers[vcpu].Count = listRegisters;
            Load(vcpu);
        }
    }

    public VirtualGic* Gic => &_machine->Gic;

    /// <summary>The VM's memory, unless a test gives it another.</summary>
    public byte* OwnMemory { get; }

    public uint Vcpus { get; }

    /// <summary>False: kicks pile up in <see cref="Outstanding"/> until <see cref="Settle"/>, as between real CPUs.</summary>
    public bool KicksAtOnce { get; set; } = true;

    public uint Outstanding { get; private set; }

    /// <summary>How many private interrupts went into a list register without a refill.</summary>
    public uint LoadedAtOnce { get; private set; }

    /// <summary>QEMU's list registers keep an acknowledged LPI as active until its end; others let go of it.</summary>
    public bool LpisBecomeActive { get; set; } = true;

    public bool IsLoaded(uint vcpu) => _loaded[vcpu];

    public ListRegisters* Registers(uint vcpu) => &_registers[vcpu];

    public void Dispose()
    {
        NativeMemory.Free(OwnMemory);
        NativeMemory.Free(_machine);
        NativeMemory.Free(_registers);
    }

    /// <summary>The VM's memory; null outside it.</summary>
    public byte* Memory(ulong at, ulong size = 8) => VirtualMachine.Memory(_machine, new Ipa(at), size);

    public void Load(uint vcpu)
    {
        _loaded[vcpu] = true;
        Kick(1u << (int)vcpu);
        Settle(vcpu);
    }

    public void Unload(uint vcpu)
    {
        _loaded[vcpu] = false;
        Kick(VirtualGicDelivery.Evict(Gic, vcpu, &_registers[vcpu]));
        CheckEmpty(vcpu);
    }

    /// <summary>Delivers all kicks.</summary>
    public void Settle()
    {
        for (int round = 0; Outstanding != 0; round++)
        {
            Require(round < 100, "vCPUs kick each other without end");
            for (uint vcpu = 0; vcpu < Vcpus; vcpu++)
            {
                Settle(vcpu);
            }
        }
    }

    /// <summary>Delivers the kick that waits for one vCPU.</summary>
    public void Settle(uint vcpu)
    {
        uint bit = 1u << (int)vcpu;
        if ((Outstanding & bit) == 0)
        {
            return;
        }

        bool onlyPrivate = (_onlyPrivate & bit) != 0;
        Outstanding &= ~bit;
        _onlyPrivate &= ~bit;
        if (_loaded[vcpu] && !(onlyPrivate && TryLoadPrivate(vcpu)))
        {
            Refill(vcpu);
        }
    }

    /// <summary>What a device or another vCPU did: its kicks are delivered, now or later.</summary>
    public void Kick(uint mask, bool onlyPrivate = false)
    {
        Require(mask >> (int)Vcpus == 0, "kick for a vCPU that does not exist");
        _onlyPrivate = onlyPrivate ? _onlyPrivate | (mask & ~Outstanding) : _onlyPrivate & ~mask;
        Outstanding |= mask;
        if (KicksAtOnce)
        {
            Settle();
        }
    }

    public void SetLine(uint intId, bool high, uint vcpu = 0) =>
        Kick(VirtualGicInput.SetLine(Gic, vcpu, intId, high), onlyPrivate: high && intId < VirtualGic.FirstSpi);

    public void Pulse(uint intId, uint vcpu = 0) => Kick(VirtualGicInput.Pulse(Gic, vcpu, intId));

    public void SendSgi(uint from, ulong value)
    {
        Kick(VirtualGicInput.SendSgi(Gic, from, value), onlyPrivate: true);
        Settle(from);
    }

    /// <summary>A write to the ITS by a vCPU; the queue's commands follow, some of them.</summary>
    public void WriteIts(uint offset, ulong value, uint size = 8, uint by = 0)
    {
        Kick(VirtualIts.Write(Gic, offset, size, value));
        ContinueCommands(by);
    }

    /// <summary>A read, and with it more commands.</summary>
    public ulong ReadIts(uint offset, uint size = 8, uint by = 0)
    {
        ContinueCommands(by);
        return VirtualIts.Read(Gic, offset, size);
    }

    /// <summary>As the kernel does it; true if commands are left.</summary>
    public bool ContinueCommands(uint by)
    {
        bool unfinished = false;
        Access(by, true, () => ItsCommands.Process(Gic, out unfinished));
        return unfinished;
    }

    /// <summary>A 32-bit write (or other size) to the distributor by a vCPU.</summary>
    public void Write(uint offset, ulong value, uint size = 4, uint by = 0) =>
        Access(by, VirtualGicRegisters.DependsOnListRegisters(offset), () => VirtualGicDistributor.Write(Gic, offset, size, value));

    /// <summary>A write to the redistributor of vCPU <paramref name="of"/>; the offset counts from RD_base.</summary>
    public void WriteRedistributor(uint of, uint offset, ulong value, uint size = 4, uint? by = null) =>
        Access(
            by ?? of,
            VirtualGicRegisters.DependsOnListRegisters(offset - 0x10000),
            () => VirtualGicRedistributor.Write(Gic, of, offset, size, value));

    /// <summary>A read that is repeated once if other vCPUs had to be asked.</summary>
    public ulong Read(uint offset, uint size = 4, uint by = 0)
    {
        ulong value = 0;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Access(by, VirtualGicRegisters.DependsOnListRegisters(offset), () =>
            {
                value = VirtualGicDistributor.Read(Gic, offset, size, out uint kick);
                return kick;
            });
        }

        return value;
    }

    /// <summary>The same for a redistributor; the offset counts from RD_base.</summary>
    public ulong ReadRedistributor(uint of, uint offset, uint size = 4, uint? by = null)
    {
        ulong value = 0;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Access(by ?? of, VirtualGicRegisters.DependsOnListRegisters(offset - 0x10000), () =>
            {
                value = VirtualGicRedistributor.Read(Gic, of, offset, size, out uint kick);
                return kick;
            });
        }

        return value;
    }

    /// <summary>Priority that a new interrupt must beat.</summary>
    public uint RunningPriority(uint vcpu) => _running[vcpu].Count == 0 ? 0x100 : _running[vcpu][^1].Priority;

    public bool IsRunning(uint intId)
    {
        foreach (List<(uint Priority, uint IntId)> stack in _running)
        {
            if (stack.Exists(entry => entry.IntId == intId))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>ICC_HPPIR1_EL1, but nothing if it could not preempt.</summary>
    public uint Signalled(uint vcpu)
    {
        int slot = BestSlot(vcpu);
        return slot < 0 ? Spurious : (uint)_registers[vcpu].Value[slot];
    }

    /// <summary>ICC_IAR1_EL1.</summary>
    public uint Acknowledge(uint vcpu)
    {
        int slot = BestSlot(vcpu);
        if (slot < 0)
        {
            return Spurious;
        }

        ulong value = _registers[vcpu].Value[slot];
        uint intId = (uint)value;
        _registers[vcpu].Value[slot] = (value & ~ListRegisterFormat.Pending)
            | (intId < VirtualLpis.First || LpisBecomeActive ? ListRegisterFormat.Active : 0);
        _running[vcpu].Add((PriorityOf(value), intId));
        Maintain(vcpu, false);
        return intId;
    }

    /// <summary>ICC_EOIR1_EL1 of the last acknowledged interrupt; returns it.</summary>
    public uint End(uint vcpu)
    {
        if (_running[vcpu].Count == 0)
        {
            return Spurious;
        }

        uint intId = _running[vcpu][^1].IntId;
        _running[vcpu].RemoveAt(_running[vcpu].Count - 1);
        if (!_separateDeactivation || intId >= VirtualLpis.First)
        {
            DeactivateInInterface(vcpu, intId);
        }

        return intId;
    }

    /// <summary>ICC_DIR_EL1, with EOImode set.</summary>
    public void Deactivate(uint vcpu, uint intId)
    {
        if ((_registers[vcpu].Control & ListRegisterFormat.ControlTrapDeactivate) != 0)
        {
            Access(vcpu, true, () => VirtualGicInput.Deactivate(Gic, vcpu, intId));
            return;
        }

        DeactivateInInterface(vcpu, intId);
    }

    private static uint PriorityOf(ulong value) => (uint)(value >> ListRegisterFormat.PriorityShift) & 0xFF;

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    private void Access(uint by, bool showsListRegisters, Func<uint> access)
    {
        if (showsListRegisters && _loaded[by])
        {
            Kick(VirtualGicDelivery.Evict(Gic, by, &_registers[by]));
            CheckEmpty(by);
            uint kick = access();
            Outstanding |= 1u << (int)by;
            Kick(kick);
        }
        else
        {
            Kick(access());
        }

        Settle(by);
    }

    private void DeactivateInInterface(uint vcpu, uint intId)
    {
        ListRegisters* registers = &_registers[vcpu];
        for (uint slot = 0; slot < registers->InUse; slot++)
        {
            ulong value = registers->Value[slot];
            if ((uint)value != intId || (value & ListRegisterFormat.Active) == 0)
            {
                continue;
            }

            registers->Value[slot] = value & ~ListRegisterFormat.Active;
            bool finished = (value & ListRegisterFormat.Pending) == 0;
            Maintain(vcpu, finished && (value & ListRegisterFormat.EndMaintenance) != 0);
            return;
        }

        if (intId < VirtualLpis.First && (registers->Control & ListRegisterFormat.ControlEntryNotPresent) != 0)
        {
            registers->EndOfInterruptCount++;
        }

        Maintain(vcpu, registers->EndOfInterruptCount != 0);
    }

    // The maintenance interrupt is a level: as long as its cause stands it comes again.
    private void Maintain(uint vcpu, bool cause)
    {
        ListRegisters* registers = &_registers[vcpu];
        for (int round = 0; ; round++)
        {
            bool noPending = (registers->Control & ListRegisterFormat.ControlNoPending) != 0 && !HasPendingSlot(vcpu);
            if (!cause && !noPending)
            {
                return;
            }

            Require(round < 2, "maintenance interrupts do not cease");
            cause = false;
            Refill(vcpu);
        }
    }

    private bool TryLoadPrivate(uint vcpu)
    {
        ListRegisters* registers = &_registers[vcpu];
        uint slot = VirtualGicDelivery.SlotForPrivate(Gic, vcpu, registers, out uint bit);
        if (slot == VirtualGicDelivery.NoSlot || (slot < registers->InUse && registers->Value[slot] >> 62 != 0))
        {
            return false;
        }

        uint before = registers->InUse;
        ulong value = VirtualGicDelivery.LoadPrivate(Gic, vcpu, registers, slot, bit);
        Require(registers->InUse == Math.Max(before, slot + 1) && registers->Value[slot] == value && value >> 62 == 1, "a private interrupt was not loaded");
        LoadedAtOnce++;
        return true;
    }

    private void Refill(uint vcpu)
    {
        ListRegisters* registers = &_registers[vcpu];
        uint kick = VirtualGicDelivery.Refill(Gic, vcpu, registers);
        bool isLeft = VirtualGic.Redistributor(Gic, vcpu)->Lpis.Stale != 0;
        Require((kick & (1u << (int)vcpu)) != 0 == isLeft, "a refill asks for itself, or not though LPIs are left to be looked at");
        Require(registers->InUse <= registers->Count, "more list registers than there are");
        for (uint slot = 0; slot < ListRegisters.Maximum; slot++)
        {
            ulong value = registers->Value[slot];
            bool pending = (value & ListRegisterFormat.Pending) != 0;
            bool active = (value & ListRegisterFormat.Active) != 0;
            Require((slot < registers->InUse) == (pending || active), "a list register in use is not valid, or the reverse");
            for (uint other = 0; other < slot; other++)
            {
                Require(value == 0 || (uint)registers->Value[other] != (uint)value, "an INTID twice in one CPU's list registers");
            }
        }

        CheckShared(vcpu);
        Kick(kick);
    }

    // No shared interrupt may sit, unfinished, in two CPUs' list registers.
    private void CheckShared(uint vcpu)
    {
        for (uint other = 0; other < Vcpus; other++)
        {
            for (uint mine = 0; mine < _registers[vcpu].InUse && other != vcpu; mine++)
            {
                for (uint theirs = 0; theirs < _registers[other].InUse; theirs++)
                {
                    uint intId = (uint)_registers[vcpu].Value[mine];
                    Require(
                        intId < VirtualGic.FirstSpi || intId >= VirtualLpis.First || (uint)_registers[other].Value[theirs] != intId,
                        $"SPI {intId} in list registers of vCPUs {vcpu} and {other}");
                }
            }
        }
    }

    private void CheckEmpty(uint vcpu)
    {
        ListRegisters* registers = &_registers[vcpu];
        ulong any = registers->InUse | registers->EndOfInterruptCount | registers->Control;
        for (uint slot = 0; slot < ListRegisters.Maximum; slot++)
        {
            any |= registers->Value[slot];
        }

        Require(any == 0, "something left after an eviction");
    }

    private bool HasPendingSlot(uint vcpu)
    {
        for (uint slot = 0; slot < _registers[vcpu].InUse; slot++)
        {
            if (_registers[vcpu].Value[slot] >> 62 == 1)
            {
                return true;
            }
        }

        return false;
    }

    private int BestSlot(uint vcpu)
    {
        int best = -1;
        (uint, uint) bestKey = (RunningPriority(vcpu), 0);
        for (int slot = 0; slot < _registers[vcpu].InUse; slot++)
        {
            ulong value = _registers[vcpu].Value[slot];
            (uint, uint) key = (PriorityOf(value), (uint)value);
            if (value >> 62 == 1 && (key.Item1 < RunningPriority(vcpu)) && key.CompareTo(bestKey) < 0)
            {
                best = slot;
                bestKey = key;
            }
        }

        return best;
    }
}
