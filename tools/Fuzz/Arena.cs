// Where the payload has its tables and data for programs (qemu-tests/Guests/Payloads/Fuzz/MachineState.cs builds them).
namespace Nestor.Tools.Fuzz;

/// <summary>Addresses that programs use.</summary>
public static class Arena
{
    /// <summary>Root of EL1's tables: 4 KiB granule, 39 bits.</summary>
    public const ulong Stage1Root = 0x4600_0000;

    /// <summary>Their last level, for <see cref="Window"/>.</summary>
    public const ulong Stage1Pages = 0x4600_2000;

    /// <summary>Root of the stage 2 tables: 4 KiB granule, 39 bits, from level 1.</summary>
    public const ulong Stage2Root = 0x4600_3000;

    /// <summary>Their last level, for <see cref="Window"/>.</summary>
    public const ulong Stage2Pages = 0x4600_5000;

    /// <summary>The first of the data pages.</summary>
    public const ulong Data = 0x4601_0000;

    /// <summary>How many there are.</summary>
    public const int DataPages = 8;

    /// <summary>Bytes of each that are compared.</summary>
    public const int CheckedOfPage = 0x100;

    /// <summary>Virtual, and intermediate physical, address of the pages with entries of their own.</summary>
    public const ulong Window = 0x8000_0000;

    /// <summary>How many there are.</summary>
    public const int WindowPages = 16;
}
