// Where the payload has its tables and data for programs (qemu-tests/Guests/Payloads/Fuzz/MachineState.cs builds them).
namespace Nestor.Tools.Fuzz;

/// <summary>Addresses that programs use.</summary>
public static class Arena
{
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

    /// <summary>Where a block of 2 MiB may lead to. As much of each of its first pages is compared as of the data pages.</summary>
    public const ulong BlockData = 0x4640_0000;
}
