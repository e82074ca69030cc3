// Translation tables for the checks: the machine's first 2 GiB as they are, and behind them, at Window, a few pages with
// one peculiarity each. The formats differ: a regime with EL0 in it has a user and a privileged execute-never bit.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Paging
{
    /// <summary>Virtual address of the peculiar pages; one level 3 table.</summary>
    public const ulong Window = 0x8000_0000;

    /// <summary>Readable and writable: the first page of the data area.</summary>
    public const ulong Writable = Window;

    /// <summary>Only readable: the second page.</summary>
    public const ulong ReadOnly = Window + 0x1000;

    /// <summary>Not mapped.</summary>
    public const ulong Missing = Window + 0x2000;

    /// <summary>Mapped without its access flag.</summary>
    public const ulong NotAccessed = Window + 0x3000;

    /// <summary>Executable code: the code area.</summary>
    public const ulong Executable = Window + 0x4000;

    /// <summary>Readable by EL0 too, where the regime has an EL0.</summary>
    public const ulong User = Window + 0x5000;

    /// <summary>Device memory.</summary>
    public const ulong Device = Window + 0x6000;

    /// <summary>A level 1 entry that is not there.</summary>
    public const ulong MissingBlock = 0xc000_0000;

    private const ulong Block = 1;
    private const ulong TableOrPage = 3;
    private const ulong DeviceIndex = 1 << 2;
    private const ulong Unprivileged = 1UL << 6;
    private const ulong NoWrite = 1UL << 7;
    private const ulong Shareable = 3UL << 8;
    private const ulong Accessed = 1UL << 10;
    private const ulong PrivilegedExecuteNever = 1UL << 53;
    private const ulong ExecuteNever = 1UL << 54;

    /// <summary>MAIR_ELx for these tables: 0 is write-back, 1 is Device-nGnRnE.</summary>
    public const ulong Attributes = 0x00ff;

    /// <summary>TCR_EL2 with E2H=0: 39 bits, 4 KiB, cached walks, 40-bit output.</summary>
    public const ulong ControlEl2 = (1UL << 31) | (1UL << 23) | (2UL << 16) | ControlLow;

    /// <summary>TCR_EL1, and TCR_EL2 with E2H=1: the lower half only.</summary>
    public const ulong ControlTwoHalves = (2UL << 32) | (1UL << 23) | (25UL << 16) | ControlLow;

    private const ulong ControlLow = (3UL << 12) | (1UL << 10) | (1UL << 8) | 25;

    /// <summary>The root table's address.</summary>
    public static ulong Root => Symbols.PageTables;

    /// <summary>Fills the tables. <paramref name="user"/>: the regime has an EL0, as EL1&amp;0 and EL2&amp;0 have.</summary>
    public static void Build(bool user)
    {
        ulong* root = (ulong*)Root;
        for (uint i = 0; i < 3 * 512; i++)
        {
            root[i] = 0;
        }

        ulong one = user ? 0 : Unprivileged;    // AP[1] is RES1 where there is one privilege level
        ulong never = ExecuteNever | (user ? PrivilegedExecuteNever : 0);
        ulong normal = one | Accessed | Shareable;
        ulong* middle = root + 512;
        ulong* pages = root + 1024;
        root[0] = normal | DeviceIndex | never | Block;
        root[1] = (1UL << 30) | normal | Block;
        root[Window >> 30] = (ulong)middle | TableOrPage;
        middle[0] = (ulong)pages | TableOrPage;
        ulong data = Symbols.DataArea;
        pages[0] = data | normal | never | TableOrPage;
        pages[1] = (data + 0x1000) | normal | NoWrite | never | TableOrPage;
        pages[3] = data | one | Shareable | never | TableOrPage;
        pages[4] = Symbols.CodeArea | normal | NoWrite | TableOrPage;
        pages[5] = data | Unprivileged | Accessed | Shareable | never | TableOrPage;
        pages[6] = data | normal | DeviceIndex | never | TableOrPage;
        Instructions.DsbSy();
    }

    /// <summary>Turns the bytes of every entry round.</summary>
    public static void TurnBytes()
    {
        for (uint i = 0; i < 3 * 512; i++)
        {
            ((ulong*)Root)[i] = ByteOrder.Turned(((ulong*)Root)[i]);
        }

        Instructions.DsbSy();
    }

    /// <summary>The level 3 entry of an address in the window.</summary>
    public static ulong* Entry(ulong address) => (ulong*)Root + 1024 + (address >> 12 & 511);

    /// <summary>An ordinary writable page for an entry.</summary>
    public static ulong PageOf(ulong physical, bool user) =>
        physical | (user ? PrivilegedExecuteNever : Unprivileged) | Accessed | Shareable | ExecuteNever | TableOrPage;

    /// <summary>The root of other tables: the same, but a page of the window lies further on.</summary>
    public static ulong Copy(ulong address, ulong distance)
    {
        const ulong Size = 3 * 4096;
        ulong* from = (ulong*)Root;
        ulong* to = (ulong*)(Root + Size);
        for (uint i = 0; i < Size / sizeof(ulong); i++)
        {
            to[i] = from[i];
        }

        to[Window >> 30] += Size;
        to[512] += Size;
        to[1024 + (address >> 12 & 511)] += distance;
        Instructions.DsbSy();
        return (ulong)to;
    }

    /// <summary>Turns EL2's own translation on, in the format that E2H selects.</summary>
    public static void EnableEl2(bool e2h)
    {
        Build(e2h);
        SystemRegisters.MAIR_EL2 = Attributes;
        SystemRegisters.TCR_EL2 = e2h ? ControlTwoHalves : ControlEl2;
        SystemRegisters.TTBR0_EL2 = Root;
        Instructions.DsbSy();
        Instructions.Isb();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
        SystemRegisters.SCTLR_EL2 |= 0x1005;    // I, C, M
        Instructions.Isb();
    }

    /// <summary>Turns it off again.</summary>
    public static void DisableEl2()
    {
        SystemRegisters.SCTLR_EL2 &= ~0x1005UL;
        Instructions.Isb();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
    }
}
