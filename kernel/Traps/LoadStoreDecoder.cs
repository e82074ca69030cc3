// A64 loads and stores (Arm ARM C4.1.94) for those device accesses whose syndrome says nothing about the instruction: a table of
// patterns, one a line, and what the fields of each mean. SVE, SME, tags and memory copies are not in it. Pure: no vCPU, no memory.

using System;

namespace Nestor.Kernel;

internal static unsafe class LoadStoreDecoder
{
    private enum Form : uint
    {
        Exclusive,
        ExclusivePair,
        CompareAndSwapPair,
        Ordered,
        CompareAndSwap,
        OrderedUnscaled,
        Literal,
        Pair,
        Atomic,
        Authenticated,
        RegisterOffset,
        Unscaled,
        Unsigned,
        Structures,
        StructuresPostIndexed,
        Lane,
        LanePostIndexed,
        ZeroBlock,
    }

    // Mask, value, form. The first that fits counts.
    private static ReadOnlySpan<uint> Patterns =>
    [
        0b00_111111_1_0_1_00000_0_00000_00000_00000, 0b00_001000_0_0_0_00000_0_00000_00000_00000, (uint)Form.Exclusive,
        0b10_111111_1_0_1_00000_0_00000_00000_00000, 0b10_001000_0_0_1_00000_0_00000_00000_00000, (uint)Form.ExclusivePair,
        0b10_111111_1_0_1_00000_0_11111_00000_00000, 0b00_001000_0_0_1_00000_0_11111_00000_00000, (uint)Form.CompareAndSwapPair,
        0b00_111111_1_0_1_00000_0_00000_00000_00000, 0b00_001000_1_0_0_00000_0_00000_00000_00000, (uint)Form.Ordered,
        0b00_111111_1_0_1_00000_0_11111_00000_00000, 0b00_001000_1_0_1_00000_0_11111_00000_00000, (uint)Form.CompareAndSwap,
        0b00_111111_0_0_1_00000_0_00011_00000_00000, 0b00_011001_0_0_0_00000_0_00000_00000_00000, (uint)Form.OrderedUnscaled,
        0b00_111011_0_0_0_00000_0_00000_00000_00000, 0b00_011000_0_0_0_00000_0_00000_00000_00000, (uint)Form.Literal,
        0b00_111010_0_0_0_00000_0_00000_00000_00000, 0b00_101000_0_0_0_00000_0_00000_00000_00000, (uint)Form.Pair,
        0b00_111111_0_0_1_00000_0_00011_00000_00000, 0b00_111000_0_0_1_00000_0_00000_00000_00000, (uint)Form.Atomic,
        0b11_111111_0_0_1_00000_0_00001_00000_00000, 0b11_111000_0_0_1_00000_0_00001_00000_00000, (uint)Form.Authenticated,
        0b00_111011_0_0_1_00000_0_00011_00000_00000, 0b00_111000_0_0_1_00000_0_00010_00000_00000, (uint)Form.RegisterOffset,
        0b00_111011_0_0_1_00000_0_00000_00000_00000, 0b00_111000_0_0_0_00000_0_00000_00000_00000, (uint)Form.Unscaled,
        0b00_111011_0_0_0_00000_0_00000_00000_00000, 0b00_111001_0_0_0_00000_0_00000_00000_00000, (uint)Form.Unsigned,
        0b10_111111_1_0_1_11111_0_00000_00000_00000, 0b00_001100_0_0_0_00000_0_00000_00000_00000, (uint)Form.Structures,
        0b10_111111_1_0_1_00000_0_00000_00000_00000, 0b00_001100_1_0_0_00000_0_00000_00000_00000, (uint)Form.StructuresPostIndexed,
        0b10_111111_1_0_0_11111_0_00000_00000_00000, 0b00_001101_0_0_0_00000_0_00000_00000_00000, (uint)Form.Lane,
        0b10_111111_1_0_0_00000_0_00000_00000_00000, 0b00_001101_1_0_0_00000_0_00000_00000_00000, (uint)Form.LanePostIndexed,
        0b11_111111_1_1_1_11111_1_11111_11111_00000, 0b11_010101_0_0_0_01011_0_11101_00001_00000, (uint)Form.ZeroBlock,
    ];

    /// <summary>DC or IC at an address (Arm ARM C5.3): SYS with CRn = 7 and op2 = 1. <see cref="Decode"/> knows DC ZVA, which is a store.</summary>
    internal static bool IsMaintenance(uint word)
    {
        const uint WithoutOp1CRmRt = 0xfff8_f0e0;
        const uint AtAddress = 0xd508_7020;
        return (word & WithoutOp1CRmRt) == AtAddress;
    }

    /// <summary>Decodes an instruction. False when it is not one that can access a device here.</summary>
    internal static bool Decode(uint word, LoadStore* access)
    {
        ReadOnlySpan<uint> patterns = Patterns;
        for (int at = 0; at < patterns.Length; at += 3)
        {
            if ((word & patterns[at]) == patterns[at + 1])
            {
                Begin(word, access);
                return Decode((Form)patterns[at + 2], word, access);
            }
        }

        return false;
    }

    /// <summary>The fields that most forms share; the rest is off.</summary>
    internal static void Begin(uint word, LoadStore* access)
    {
        access->Kind = LoadStoreKind.Single;
        access->Size = (int)(word >> 30);
        access->IsLoad = Bit(word, 22);
        access->IsSigned = access->IsWide = access->IsUnprivileged = access->IsAuthenticated = false;
        access->WritesBack = access->IsPostIndexed = access->IsPair = access->IsQuad = false;
        access->Target = word & 31;
        access->Second = word >> 10 & 31;
        access->Operand = word >> 16 & 31;
        access->Base = word >> 5 & 31;
        access->Operation = access->Lane = access->Extension = 0;
        access->Repeats = access->Elements = 1;
        access->Offset = 0;
        access->OffsetRegister = LoadStore.NoRegister;
        access->Shift = 0;
    }

    private static bool Decode(Form form, uint word, LoadStore* access)
    {
        switch (form)
        {
            case Form.Exclusive:
            case Form.ExclusivePair:
                access->Kind = access->IsLoad ? LoadStoreKind.LoadExclusive : LoadStoreKind.StoreExclusive;
                access->IsPair = form == Form.ExclusivePair;
                return true;
            case Form.CompareAndSwapPair:
                access->Kind = LoadStoreKind.CompareAndSwapPair;
                access->Size = (int)(word >> 30) + 2;
                return ((access->Target | access->Operand) & 1) == 0;
            case Form.Ordered:
                return true;
            case Form.CompareAndSwap:
                access->Kind = LoadStoreKind.CompareAndSwap;
                return true;
            case Form.OrderedUnscaled:
                access->Offset = Signed(word >> 12, 9);
                return SetGeneral(word >> 22 & 3, access);
            case Form.Literal:
                return Literal(word, access);
            case Form.Pair:
                return Pair(word, access);
            case Form.Atomic:
                return Atomic(word, access);
            case Form.Authenticated:
                access->IsAuthenticated = access->IsWide = access->IsLoad = true;
                access->WritesBack = Bit(word, 11);
                return true;
            case Form.RegisterOffset:
                access->OffsetRegister = word >> 16 & 31;
                access->Extension = word >> 13 & 7;
                bool isDone = SetTransfer(word, access);
                access->Shift = Bit(word, 12) ? access->Size : 0;
                return isDone && (access->Extension & 2) != 0;
            case Form.Unscaled:
                uint mode = word >> 10 & 3;
                access->Offset = Signed(word >> 12, 9);
                access->IsUnprivileged = mode == 2;
                access->IsPostIndexed = mode == 1;
                access->WritesBack = (mode & 1) != 0;
                return SetTransfer(word, access) && !(access->IsUnprivileged && access->Kind == LoadStoreKind.Vector);
            case Form.Unsigned:
                bool isKnown = SetTransfer(word, access);
                access->Offset = (long)(word >> 10 & 0xfff) << access->Size;
                return isKnown;
            case Form.Structures:
            case Form.StructuresPostIndexed:
                return Structures(word, access, form == Form.StructuresPostIndexed);
            case Form.Lane:
            case Form.LanePostIndexed:
                return Lane(word, access, form == Form.LanePostIndexed);
            default:
                access->Kind = LoadStoreKind.ZeroBlock;
                access->Base = word & 31;
                access->IsLoad = false;
                return access->Base != 31;
        }
    }

    // opc of a general register: 0 store, 1 load, 2 load with sign to 64 bits, 3 to 32 bits.
    private static bool SetGeneral(uint operation, LoadStore* access)
    {
        access->IsLoad = operation != 0;
        access->IsSigned = operation >= 2;
        access->IsWide = operation == 2 || access->Size == 3;
        return operation < 2 || access->Size < (operation == 2 ? 3 : 2);
    }

    private static bool SetTransfer(uint word, LoadStore* access)
    {
        uint operation = word >> 22 & 3;
        if (!Bit(word, 26))
        {
            return SetGeneral(operation, access);
        }

        access->Kind = LoadStoreKind.Vector;
        access->Size += operation >= 2 ? 4 : 0;
        return access->Size <= 4;
    }

    private static bool Literal(uint word, LoadStore* access)
    {
        uint operation = word >> 30;
        bool isVector = Bit(word, 26);
        access->Base = LoadStore.ProgramCounter;
        access->Offset = Signed(word >> 5, 19) * 4;
        access->IsLoad = true;
        access->Kind = isVector ? LoadStoreKind.Vector : LoadStoreKind.Single;
        access->Size = isVector ? 2 + (int)operation : operation == 1 ? 3 : 2;
        access->IsSigned = !isVector && operation == 2;
        access->IsWide = operation != 0;
        return operation != 3;
    }

    private static bool Pair(uint word, LoadStore* access)
    {
        uint operation = word >> 30;
        uint mode = word >> 23 & 3;
        bool isVector = Bit(word, 26);
        access->Kind = isVector ? LoadStoreKind.VectorPair : LoadStoreKind.Pair;
        access->Size = 2 + (int)(isVector ? operation : operation >> 1);
        access->Offset = Signed(word >> 15, 7) << access->Size;
        access->IsSigned = !isVector && operation == 1;
        access->IsWide = operation != 0;
        access->IsPostIndexed = mode == 1;
        access->WritesBack = (mode & 1) != 0;
        return operation != 3 && !(access->IsSigned && (mode == 0 || !access->IsLoad));
    }

    private static bool Atomic(uint word, LoadStore* access)
    {
        const uint Swap = 8;
        const uint LoadAcquire = 0b1100;                // LDAPR, with A=1, R=0 and no Rs
        access->Operation = word >> 12 & 0xf;
        if (access->Operation == LoadAcquire)
        {
            access->IsLoad = true;
            return Bit(word, 23) && !Bit(word, 22) && access->Operand == 31;
        }

        access->Kind = LoadStoreKind.Atomic;
        access->IsLoad = true;
        return access->Operation <= Swap;
    }

    private static bool Structures(uint word, LoadStore* access, bool isPostIndexed)
    {
        access->Kind = LoadStoreKind.Structures;
        access->Size = (int)(word >> 10) & 3;
        access->IsQuad = Bit(word, 30);
        switch (word >> 12 & 0xf)
        {
            case 0b0000: access->Elements = 4; break;
            case 0b0010: access->Repeats = 4; break;
            case 0b0100: access->Elements = 3; break;
            case 0b0110: access->Repeats = 3; break;
            case 0b0111: break;
            case 0b1000: access->Elements = 2; break;
            case 0b1010: access->Repeats = 2; break;
            default: return false;
        }

        SetPostIndex(word, access, isPostIndexed, access->Repeats * access->Elements * (access->IsQuad ? 16u : 8));
        return access->Size < 3 || access->IsQuad || access->Elements == 1;
    }

    private static bool Lane(uint word, LoadStore* access, bool isPostIndexed)
    {
        uint position = (word >> 30 & 1) << 3 | (word >> 10 & 7);       // Q:S:size
        uint operation = word >> 14 & 3;
        access->Elements = ((word >> 13 & 1) << 1 | (word >> 21 & 1)) + 1;
        access->IsQuad = Bit(word, 30);
        access->Kind = operation == 3 ? LoadStoreKind.Replicate : LoadStoreKind.Lane;
        access->Size = (int)operation;
        bool isKnown;
        switch (operation)
        {
            case 0:
                access->Lane = position;
                isKnown = true;
                break;
            case 1:
                access->Lane = position >> 1;
                isKnown = (position & 1) == 0;
                break;
            case 2:
                bool isDouble = (position & 1) != 0;
                access->Size = isDouble ? 3 : 2;
                access->Lane = position >> (isDouble ? 3 : 2);
                isKnown = isDouble ? (position & 7) == 1 : (position & 2) == 0;
                break;
            default:
                access->Size = (int)position & 3;
                isKnown = access->IsLoad && !Bit(word, 12);
                break;
        }

        SetPostIndex(word, access, isPostIndexed, access->Elements << access->Size);
        return isKnown;
    }

    // Behind structures Rm is 31 for their size.
    private static void SetPostIndex(uint word, LoadStore* access, bool isPostIndexed, uint size)
    {
        if (isPostIndexed)
        {
            uint register = word >> 16 & 31;
            access->IsPostIndexed = access->WritesBack = true;
            access->Offset = register == 31 ? size : 0;
            access->OffsetRegister = register == 31 ? LoadStore.NoRegister : register;
            access->Extension = 3;                      // all 64 bits
        }
    }

    private static bool Bit(uint word, int bit) => (word >> bit & 1) != 0;

    private static long Signed(uint field, int width) => (long)field << (64 - width) >> (64 - width);
}
