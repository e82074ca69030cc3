// What the architecture says of a stage 2 walk (Arm ARM D8.2 to D8.6), written down a second time: level by level, from the
// manual's tables of which address bits each level resolves. It shares no code with the kernel's walker, and no arithmetic.
using System;

namespace Nestor.Tests.Unit.Memory;

/// <summary>How the walk is set up.</summary>
/// <param name="Granule">log2: 12, 14 or 16.</param>
/// <param name="InputSize">Bits.</param>
/// <param name="StartLevel">-1 for a value of VTCR_EL2.SL0 that is reserved.</param>
/// <param name="OutputSize">Bits.</param>
/// <param name="Root">VTTBR_EL2.BADDR.</param>
/// <param name="UpdatesAccess">VTCR_EL2.HA.</param>
/// <param name="UpdatesDirty">VTCR_EL2.HD.</param>
internal sealed record Stage2Setting(int Granule, int InputSize, int StartLevel, int OutputSize, ulong Root, bool UpdatesAccess, bool UpdatesDirty);

/// <summary>What a walk comes to.</summary>
/// <param name="Fault">The fault status code; null when it succeeds.</param>
/// <param name="Output">Where the address leads.</param>
/// <param name="Low">log2 of the size of the page or block.</param>
/// <param name="Entry">Where the last descriptor is.</param>
/// <param name="Descriptor">What it is afterwards.</param>
internal sealed record Stage2Outcome(uint? Fault, ulong Output = 0, int Low = 0, ulong Entry = 0, ulong Descriptor = 0);

/// <summary>The walk.</summary>
/// <param name="setting">How.</param>
/// <param name="read">The descriptor at an address in its own byte order; null where no memory is.</param>
internal sealed class Stage2Oracle(Stage2Setting setting, Func<ulong, ulong?> read)
{
    [Flags]
    public enum Wants
    {
        Read = 1,
        Write = 2,
        ExecuteAtEl1 = 4,
        ExecuteAtEl0 = 8,
    }

    /// <summary>Highest and lowest bit that each level resolves when a walk does not start there.</summary>
    public static (int High, int Low) BitsOf(int granule, int level) => (granule, level) switch
    {
        (12, 0) => (47, 39),
        (12, 1) => (38, 30),
        (12, 2) => (29, 21),
        (12, 3) => (20, 12),
        (14, 1) => (46, 36),
        (14, 2) => (35, 25),
        (14, 3) => (24, 14),
        (16, 1) => (51, 42),
        (16, 2) => (41, 29),
        (16, 3) => (28, 16),
        _ => throw new ArgumentException("no such level"),
    };

    /// <summary>Whether the controls go together: else the first level faults.</summary>
    public bool IsUsable
    {
        get
        {
            if (setting.StartLevel < 0 || setting.InputSize > 48 || setting.InputSize < (setting.Granule == 16 ? 17 : 16))
            {
                return false;
            }

            // At most sixteen tables side by side, and an index at all.
            (int high, int low) = BitsOf(setting.Granule, setting.StartLevel);
            int widest = (setting.Granule == 16 && setting.StartLevel == 1 ? low + 13 : high + 1) + 4;
            return setting.InputSize > low && setting.InputSize <= widest;
        }
    }

    /// <summary>The address of the descriptor for an address in a table of a level.</summary>
    public ulong EntryAt(ulong table, int level, ulong address)
    {
        (int high, int low) = BitsOf(setting.Granule, level);
        high = level == setting.StartLevel ? setting.InputSize - 1 : high;
        ulong index = (address & (ulong.MaxValue >> (63 - high))) >> low;
        return table + (8 * index);
    }

    /// <summary>The start table, or tables side by side, which are aligned to their size.</summary>
    public ulong Start
    {
        get
        {
            ulong entries = 1UL << (setting.InputSize - BitsOf(setting.Granule, setting.StartLevel).Low);
            return setting.Root / (8 * entries) * (8 * entries);
        }
    }

    public static bool HasBlocks(int granule, int level) => (granule, level) is (12, 1) or (_, 2);

    public Stage2Outcome Walk(ulong address, Wants wants)
    {
        if (!IsUsable || address >> setting.InputSize != 0)
        {
            return Translation(0);
        }

        return IsTooLarge(setting.Root) ? AddressSize(0) : Look(Start, setting.StartLevel, address, wants);
    }

    private Stage2Outcome Look(ulong table, int level, ulong address, Wants wants)
    {
        ulong at = EntryAt(table, level, address);
        if (read(at) is not { } descriptor)
        {
            return new Stage2Outcome(0b010100u + (uint)level);
        }

        switch (descriptor & 3, level)
        {
            case (3, < 3):
                ulong next = Address(descriptor);
                return IsTooLarge(next) ? AddressSize(level) : Look(next, level + 1, address, wants);
            case (3, 3):
            case (1, _) when level < 3 && HasBlocks(setting.Granule, level):
                return Arrive(at, descriptor, level, address, wants);
            default:
                return Translation(level);
        }
    }

    private Stage2Outcome Arrive(ulong at, ulong descriptor, int level, ulong address, Wants wants)
    {
        if (IsTooLarge(Address(descriptor)))
        {
            return AddressSize(level);
        }

        bool isAccessed = Bit(descriptor, 10);
        if (!isAccessed && !setting.UpdatesAccess)
        {
            return new Stage2Outcome(0b001000u + (uint)level);
        }

        bool becomesDirty = wants.HasFlag(Wants.Write) && setting is { UpdatesAccess: true, UpdatesDirty: true } && Bit(descriptor, 51);
        bool writable = Bit(descriptor, 7) || becomesDirty;
        (bool atEl1, bool atEl0) = (Bit(descriptor, 54), Bit(descriptor, 53)) switch
        {
            (false, false) => (true, true),
            (false, true) => (false, true),
            (true, false) => (false, false),
            (true, true) => (true, false),
        };
        if ((wants.HasFlag(Wants.Read) && !Bit(descriptor, 6)) || (wants.HasFlag(Wants.Write) && !writable)
            || (wants.HasFlag(Wants.ExecuteAtEl1) && !atEl1) || (wants.HasFlag(Wants.ExecuteAtEl0) && !atEl0))
        {
            return new Stage2Outcome(0b001100u + (uint)level);
        }

        int low = BitsOf(setting.Granule, level).Low;
        ulong size = 1UL << low;
        descriptor |= (1UL << 10) | (becomesDirty ? 1UL << 7 : 0);
        return new Stage2Outcome(null, (Address(descriptor) / size * size) + (address % size), low, at, descriptor);
    }

    private ulong Address(ulong descriptor) => (descriptor & 0x0000_ffff_ffff_ffff) >> setting.Granule << setting.Granule;

    private bool IsTooLarge(ulong address) => setting.OutputSize < 48 && address >= 1UL << setting.OutputSize;

    private static bool Bit(ulong value, int bit) => (value >> bit & 1) != 0;

    private static Stage2Outcome Translation(int level) => new(0b000100u + (uint)level);

    private static Stage2Outcome AddressSize(int level) => new((uint)level);
}
