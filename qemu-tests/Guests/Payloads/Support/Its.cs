// A driver of the interrupt translation service: its tables, its queue and its commands. Tables lie in memory behind the
// image that nothing else uses.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static class Its
{
    public const ulong Base = 0x0808_0000;
    public const ulong Valid = 1UL << 63;
    public const ulong QueueSize = 0x1000;

    /// <summary>Device whose events are mapped by <see cref="Open"/>: event n is LPI First + n, of the first CPU.</summary>
    public const uint Device = 5;

    public const uint First = 8192;

    public const ulong Ctlr = Base;
    public const ulong Cbaser = Base + 0x80;
    public const ulong Cwriter = Base + 0x88;
    public const ulong Creadr = Base + 0x90;
    public const ulong Baser0 = Base + 0x100;
    public const ulong Baser1 = Base + 0x108;
    public const ulong Translater = Base + 0x1_0040;

    private const ulong Area = 0x4200_0000;
    private const ulong Properties = Area;
    private const ulong DeviceTable = Area + 0x3_0000;
    private const ulong CollectionTable = Area + 0x4_0000;
    private const ulong Queue = Area + 0x5_0000;
    private const ulong Pages64K = 2UL << 8;
    private const uint EventBits = 5;

    private static ulong s_next;

    public static ulong InterruptTable(uint index) => Area + 0x6_0000 + (index * 0x1000);

    public static ulong PendingTable(uint cpu) => Area + 0x1_0000 + (cpu * 0x1_0000);

    public static ulong Redistributor(uint cpu) => Gic.Redistributors + (cpu * 0x2_0000UL);

    /// <summary>Clears all tables, and enables LPIs of some CPUs and the ITS. Collection n is CPU n's.</summary>
    public static void Open(uint cpus)
    {
        for (ulong at = Area; at < InterruptTable(4); at += 8)
        {
            Mmio.Write64(at, 0);
        }

        for (uint cpu = 0; cpu < cpus; cpu++)
        {
            Mmio.Write64(Redistributor(cpu) + 0x70, Properties | 13);
            Mmio.Write64(Redistributor(cpu) + 0x78, PendingTable(cpu));
            Mmio.Write32(Redistributor(cpu), 1);
        }

        OpenQueue(Queue);
        for (uint cpu = 0; cpu < cpus; cpu++)
        {
            MapCollection(cpu, cpu);
        }

        MapDevice(Device, EventBits, InterruptTable(0));
        for (uint i = 0; i < 16; i++)
        {
            Configure(i, 0xa1);
            MapInterrupt(Device, i, First + i, 0);
        }

        Sync();
    }

    /// <summary>The base registers and the queue, which may lie where there is no memory.</summary>
    public static void OpenQueue(ulong queue)
    {
        Mmio.Write32(Ctlr, 0);
        Mmio.Write64(Baser0, Valid | DeviceTable | Pages64K);
        Mmio.Write64(Baser1, Valid | CollectionTable | Pages64K);
        Mmio.Write64(Cbaser, Valid | queue);
        Mmio.Write64(Cwriter, 0);
        Mmio.Write32(Ctlr, 1);
        s_next = 0;
    }

    /// <summary>Priority and enable bit of the LPI of an event of <see cref="Device"/>.</summary>
    public static void Configure(uint index, byte value) => Mmio.Write8(Properties + index, value);

    /// <summary>Puts a command into the queue.</summary>
    public static void Send(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        Mmio.Write64(Queue + s_next, word0);
        Mmio.Write64(Queue + s_next + 8, word1);
        Mmio.Write64(Queue + s_next + 16, word2);
        Mmio.Write64(Queue + s_next + 24, word3);
        s_next = s_next + 32 == QueueSize ? 0 : s_next + 32;
    }

    /// <summary>Puts SYNC behind them, and waits until the ITS has done all; false when that does not come.</summary>
    public static bool Sync()
    {
        Send(5, 0, 0, 0);
        Instructions.DsbSy();
        Mmio.Write64(Cwriter, s_next);
        for (int i = 0; i < 1_000_000; i++)
        {
            if (Mmio.Read64(Creadr) == s_next)
            {
                Instructions.Isb();
                return true;
            }
        }

        return false;
    }

    public static void MapDevice(uint device, uint bits, ulong table) => Send(8 | ((ulong)device << 32), bits - 1, Valid | table, 0);

    public static void MapCollection(uint collection, uint cpu) => Send(9, 0, Valid | ((ulong)cpu << 16) | collection, 0);

    public static void MapInterrupt(uint device, uint number, uint interrupt, uint collection) =>
        Send(10 | ((ulong)device << 32), ((ulong)interrupt << 32) | number, collection, 0);

    public static void Interrupt(uint number) => Interrupt(Device, number);

    public static void Interrupt(uint device, uint number) => Send(3 | ((ulong)device << 32), number, 0, 0);

    public static void Clear(uint number) => Send(4 | ((ulong)Device << 32), number, 0, 0);

    public static void Discard(uint number) => Send(15 | ((ulong)Device << 32), number, 0, 0);

    public static void Move(uint number, uint collection) => Send(1 | ((ulong)Device << 32), number, collection, 0);

    public static void MoveAll(uint from, uint to) => Send(14, 0, (ulong)from << 16, (ulong)to << 16);

    public static void Invalidate(uint number) => Send(12 | ((ulong)Device << 32), number, 0, 0);

    public static void InvalidateAll(uint collection) => Send(13, 0, collection, 0);

    /// <summary>An event of <see cref="Device"/> happens.</summary>
    public static void Raise(uint number)
    {
        Interrupt(number);
        Sync();
    }
}
