namespace Nestor.Kernel;

/// <summary>A decoded load or store. Every field is set by <see cref="LoadStoreDecoder"/>, or by <see cref="LoadStoreEmulation"/> from a syndrome.</summary>
internal struct LoadStore
{
    /// <summary>31 as a base register: SP.</summary>
    public const uint StackPointer = 31;

    /// <summary>As a base register: the PC.</summary>
    public const uint ProgramCounter = 32;

    /// <summary>As <see cref="OffsetRegister"/>: there is none.</summary>
    public const uint NoRegister = 32;

    /// <summary>What it is.</summary>
    public LoadStoreKind Kind;

    /// <summary>log2 of the bytes of an element.</summary>
    public int Size;

    /// <summary>It reads memory. Atomic operations do both.</summary>
    public bool IsLoad;

    /// <summary>What is loaded is extended by its sign.</summary>
    public bool IsSigned;

    /// <summary>It is extended to 64 bits.</summary>
    public bool IsWide;

    /// <summary>LDTR or STTR: with EL0's rights.</summary>
    public bool IsUnprivileged;

    /// <summary>LDRAA or LDRAB: the base register is signed.</summary>
    public bool IsAuthenticated;

    /// <summary>The base register gets the address with the offset.</summary>
    public bool WritesBack;

    /// <summary>The access is to the address without the offset.</summary>
    public bool IsPostIndexed;

    /// <summary>Rt.</summary>
    public uint Target;

    /// <summary>Rt2.</summary>
    public uint Second;

    /// <summary>Rs.</summary>
    public uint Operand;

    /// <summary>Rn, or <see cref="ProgramCounter"/>.</summary>
    public uint Base;

    /// <summary>An exclusive of two registers.</summary>
    public bool IsPair;

    /// <summary>Of an atomic operation, o3:opc.</summary>
    public uint Operation;

    /// <summary>Structures: registers one after another.</summary>
    public uint Repeats;

    /// <summary>Structures, lanes: registers whose elements alternate in memory.</summary>
    public uint Elements;

    /// <summary>Lanes: which one.</summary>
    public uint Lane;

    /// <summary>Structures: whole registers of 16 bytes, not 8.</summary>
    public bool IsQuad;

    /// <summary>Added to the base.</summary>
    public long Offset;

    /// <summary>Rm.</summary>
    public uint OffsetRegister;

    /// <summary>How Rm is extended: the option field.</summary>
    public uint Extension;

    /// <summary>By how much it is shifted then.</summary>
    public int Shift;
}
