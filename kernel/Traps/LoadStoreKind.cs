namespace Nestor.Kernel;

/// <summary>The kinds of A64 instructions that access memory, as far as Nestor emulates them on a device.</summary>
internal enum LoadStoreKind : uint
{
    /// <summary>One general register.</summary>
    Single,

    /// <summary>Two general registers, in one access of twice the size.</summary>
    Pair,

    /// <summary>LDXR, LDXP and their acquiring forms.</summary>
    LoadExclusive,

    /// <summary>STXR, STXP and their releasing forms.</summary>
    StoreExclusive,

    /// <summary>LDADD and the like, SWP.</summary>
    Atomic,

    /// <summary>CAS.</summary>
    CompareAndSwap,

    /// <summary>CASP.</summary>
    CompareAndSwapPair,

    /// <summary>One SIMD and floating-point register.</summary>
    Vector,

    /// <summary>Two of them, in two accesses.</summary>
    VectorPair,

    /// <summary>LD1 to LD4 and ST1 to ST4 of whole registers.</summary>
    Structures,

    /// <summary>LD1 to LD4 and ST1 to ST4 of one lane.</summary>
    Lane,

    /// <summary>LD1R to LD4R.</summary>
    Replicate,

    /// <summary>DC ZVA.</summary>
    ZeroBlock,
}
