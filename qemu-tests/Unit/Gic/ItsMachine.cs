// A guest's driver of the ITS: tables and queue in the VM's memory, commands written into the queue one by one.

using System;
using Nestor.Kernel;

namespace Nestor.Tests.Unit.Gic;

/// <summary>A <see cref="GicMachine"/> whose guest has set up LPIs and the ITS. Collection n is vCPU n's.</summary>
internal sealed unsafe class ItsMachine : IDisposable
{
    public const ulong Properties = GicMachine.Ram + 0x1_0000;
    public const ulong PendingTables = GicMachine.Ram + 0x2_0000;
    public const ulong DeviceTable = GicMachine.Ram + 0xA_0000;
    public const ulong CollectionTable = GicMachine.Ram + 0xB_0000;
    public const ulong Queue = GicMachine.Ram + 0xC_0000;
    public const ulong InterruptTables = GicMachine.Ram + 0xD_0000;
    public const ulong Valid = 1UL << 63;

    public const uint Ctlr = 0x00;
    public const uint Cbaser = 0x80;
    public const uint Cwriter = 0x88;
    public const uint Creadr = 0x90;
    public const uint Baser0 = 0x100;
    public const uint Baser1 = 0x108;

    private readonly ulong _queueSize;
    private ulong _writeOffset;

    public ItsMachine(uint vcpus, uint listRegisters = 4, uint queuePages = 1)
    {
        Gic = new GicMachine(vcpus, listRegisters);
        Gic.Write(0, 3);
        _queueSize = queuePages * 0x1000;
        for (uint vcpu = 0; vcpu < vcpus; vcpu++)
        {
            Gic.WriteRedistributor(vcpu, 0x70, Properties | 13, 8);
            Gic.WriteRedistributor(vcpu, 0x78, PendingTable(vcpu), 8);
            Gic.WriteRedistributor(vcpu, 0, 1);
        }

        Gic.WriteIts(Baser0, Valid | DeviceTable);
        Gic.WriteIts(Baser1, Valid | CollectionTable);
        Gic.WriteIts(Cbaser, Valid | Queue | (queuePages - 1));
        Gic.WriteIts(Cwriter, 0);
        Gic.WriteIts(Ctlr, 1, 4);
        for (uint vcpu = 0; vcpu < vcpus; vcpu++)
        {
            MapCollection(vcpu, vcpu);
        }
    }

    public GicMachine Gic { get; }

    public static ulong PendingTable(uint vcpu) => PendingTables + (vcpu * 0x1_0000);

    public void Dispose() => Gic.Dispose();

    /// <summary>Priority and enable bit of an LPI; INV must follow.</summary>
    public void Configure(uint intId, byte value) => *Gic.Memory(Properties + intId - 8192, 1) = value;

    public bool IsPendingInTable(uint vcpu, uint intId) =>
        (*Gic.Memory(PendingTable(vcpu) + (intId / 8), 1) & (1 << (int)(intId & 7))) != 0;

    /// <summary>Writes a command without telling.</summary>
    public void Enqueue(ulong word0, ulong word1 = 0, ulong word2 = 0, ulong word3 = 0)
    {
        ulong* at = (ulong*)Gic.Memory(Queue + _writeOffset, 32);
        at[0] = word0;
        at[1] = word1;
        at[2] = word2;
        at[3] = word3;
        _writeOffset = (_writeOffset + 32) % _queueSize;
    }

    /// <summary>Tells of the commands, and waits until all are done.</summary>
    public void Ring(uint by = 0)
    {
        Gic.WriteIts(Cwriter, _writeOffset, by: by);
        for (int i = 0; Gic.ContinueCommands(by); i++)
        {
            if (i > 2000)
            {
                throw new InvalidOperationException("the queue is not worked off");
            }
        }
    }

    public void Do(ulong word0, ulong word1 = 0, ulong word2 = 0, ulong word3 = 0, uint by = 0)
    {
        Enqueue(word0, word1, word2, word3);
        Ring(by);
    }

    public void MapDevice(uint device, int bits, ulong table, bool valid = true) =>
        Do(0x08 | ((ulong)device << 32), (ulong)bits - 1, (valid ? Valid : 0) | table);

    public void MapCollection(uint collection, uint vcpu, bool valid = true) =>
        Do(0x09, 0, (valid ? Valid : 0) | ((ulong)vcpu << 16) | collection);

    public void MapInterrupt(uint device, uint number, uint intId, uint collection) =>
        Do(0x0A | ((ulong)device << 32), ((ulong)intId << 32) | number, collection);

    public void Interrupt(uint device, uint number, uint by = 0) => Do(0x03 | ((ulong)device << 32), number, by: by);

    public void Clear(uint device, uint number) => Do(0x04 | ((ulong)device << 32), number);

    public void Discard(uint device, uint number) => Do(0x0F | ((ulong)device << 32), number);

    public void Move(uint device, uint number, uint collection) => Do(0x01 | ((ulong)device << 32), number, collection);

    public void MoveAll(uint from, uint to) => Do(0x0E, 0, (ulong)from << 16, (ulong)to << 16);

    public void Invalidate(uint device, uint number) => Do(0x0C | ((ulong)device << 32), number);

    public void InvalidateAll(uint collection) => Do(0x0D, 0, collection);
}
