// Where the payload has its tables and data for programs (qemu-tests/Guests/Payloads/Fuzz/MachineState.cs builds them).
namespace Nestor.Tools.Fuzz;

/// <summary>Addresses that programs use.</summary>
public static class Arena
{
    /// <summary>The last level of EL1's tables (4 KiB granule, 39 bits), for <see cref="Window"/>.</summary>
    public const ulong Stage1Pages = 0x4600_2000;

    /// <summary>The last level of the stage 2 tables (4 KiB granule, 39 bits, from level 1), for <see cref="Window"/>.</summary>
    public const ulong Stage2Pages = 0x4600_5000;

    /// <summary>The first of the data pages.</summary>
    public const ulong Data = 0x4601_0000;

    /// <summary>How many there are.</summary>
    public const int DataPages = 8;

    /// <summary>Bytes of each that are compared.</summary>
    public const int CheckedOfPage = 0x100;

    /// <summary>The page that VNCR_EL2 names; all of it is compared. It is not one of the data pages: what EL1 keeps there would be changed.</summary>
    public const ulong Nested = 0x4601_f000;

    /// <summary>Virtual, and intermediate physical, address of the pages with entries of their own.</summary>
    public const ulong Window = 0x8000_0000;

    /// <summary>How many there are.</summary>
    public const int WindowPages = 16;
}
