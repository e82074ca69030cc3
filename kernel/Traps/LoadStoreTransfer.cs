// The accesses of a decoded load or store, in the order and the sizes that QEMU makes them, between memory and the vCPU's registers.
// A pair of general registers is one access of twice the size; a pair of vectors is two; a compare-and-swap always writes.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class LoadStoreTransfer
{
    private const uint ZeroRegister = 31;
    private const uint VectorSize = 16;
    private const uint HalfVector = 8;

    private static uint BlockSize => 4u << (int)(SystemRegisters.DCZID_EL0 & 0xf);

    /// <summary>Bytes from the first address to the last.</summary>
    internal static uint Length(LoadStore* instruction)
    {
        uint element = 1u << instruction->Size;
        return instruction->Kind switch
        {
            LoadStoreKind.Pair or LoadStoreKind.VectorPair or LoadStoreKind.CompareAndSwapPair => 2 * element,
            LoadStoreKind.LoadExclusive or LoadStoreKind.StoreExclusive => instruction->IsPair ? 2 * element : element,
            LoadStoreKind.Structures => instruction->Repeats * instruction->Elements * RegisterSize(instruction),
            LoadStoreKind.Lane or LoadStoreKind.Replicate => instruction->Elements * element,
            LoadStoreKind.ZeroBlock => BlockSize,
            _ => element,
        };
    }

    /// <summary>The alignment that Device memory asks for.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="isByType">By the attributes of a table; else because the MMU is off, where QEMU looks at whole vectors and at elements.</param>
    internal static uint Alignment(LoadStore* instruction, bool isByType)
    {
        uint element = 1u << instruction->Size;
        switch (instruction->Kind)
        {
            case LoadStoreKind.LoadExclusive:
            case LoadStoreKind.StoreExclusive:
            case LoadStoreKind.CompareAndSwapPair:
                return Length(instruction);
            case LoadStoreKind.Vector:
            case LoadStoreKind.VectorPair:
                return isByType && element > HalfVector ? HalfVector : element;
            case LoadStoreKind.Structures:
                return isByType && instruction->Elements == 1 ? HalfVector : element;
            case LoadStoreKind.ZeroBlock:
                return 1;
            default:
                return element;
        }
    }

    /// <summary>Makes the accesses. False when one faulted; the access says which and why.</summary>
    internal static bool Run(GuestAccess* access, LoadStore* instruction, ulong address, bool isBigEndian)
    {
        switch (instruction->Kind)
        {
            case LoadStoreKind.Single:
                return General(access, instruction, address, 1, isBigEndian);
            case LoadStoreKind.Pair:
                return General(access, instruction, address, 2, isBigEndian);
            case LoadStoreKind.LoadExclusive:
                return General(access, instruction, address, instruction->IsPair ? 2u : 1, isBigEndian);
            case LoadStoreKind.StoreExclusive:
                // The monitor does not survive a trap, so the store fails (Arm ARM B2.12).
                SetGeneral(access->Vcpu, instruction->Operand, 1);
                return true;
            case LoadStoreKind.Atomic:
                return Atomic(access, instruction, address, isBigEndian);
            case LoadStoreKind.CompareAndSwap:
                return CompareAndSwap(access, instruction, address, 1, isBigEndian);
            case LoadStoreKind.CompareAndSwapPair:
                return CompareAndSwap(access, instruction, address, 2, isBigEndian);
            case LoadStoreKind.Vector:
                return Vector(access, instruction, address, instruction->Target, isBigEndian);
            case LoadStoreKind.VectorPair:
                return Vector(access, instruction, address, instruction->Target, isBigEndian)
                    && Vector(access, instruction, address + (1u << instruction->Size), instruction->Second, isBigEndian);
            case LoadStoreKind.Structures:
                return Structures(access, instruction, address, isBigEndian);
            case LoadStoreKind.Lane:
            case LoadStoreKind.Replicate:
                return Lanes(access, instruction, address, isBigEndian);
            default:
                return ZeroBlock(access, address);
        }
    }

    private static bool General(GuestAccess* access, LoadStore* instruction, ulong address, uint count, bool isBigEndian)
    {
        uint element = 1u << instruction->Size;
        byte* data = (byte*)&access->Low;
        if (!instruction->IsLoad)
        {
            Put(data, GetGeneral(access->Vcpu, instruction->Target), element, isBigEndian);
            Put(data + element, GetGeneral(access->Vcpu, instruction->Second), count == 2 ? element : 0, isBigEndian);
            return GuestAccess.Transfer(access, address, count * element, isWrite: true);
        }

        if (!GuestAccess.Transfer(access, address, count * element, isWrite: false))
        {
            return false;
        }

        SetGeneral(access->Vcpu, instruction->Target, Extend(instruction, Get(data, element, isBigEndian)));
        if (count == 2)
        {
            SetGeneral(access->Vcpu, instruction->Second, Extend(instruction, Get(data + element, element, isBigEndian)));
        }

        return true;
    }

    private static bool Atomic(GuestAccess* access, LoadStore* instruction, ulong address, bool isBigEndian)
    {
        uint element = 1u << instruction->Size;
        byte* data = (byte*)&access->Low;
        if (!GuestAccess.Transfer(access, address, element, isWrite: false))
        {
            return false;
        }

        ulong found = Get(data, element, isBigEndian);
        ulong operand = GetGeneral(access->Vcpu, instruction->Operand);
        Put(data, Combine(instruction->Operation, found, operand, (int)(64 - (8 * element))), element, isBigEndian);
        if (!GuestAccess.Transfer(access, address, element, isWrite: true))
        {
            return false;
        }

        SetGeneral(access->Vcpu, instruction->Target, found);
        return true;
    }

    // Both values shifted up, so that they compare as they do at their size.
    private static ulong Combine(uint operation, ulong found, ulong operand, int unused)
    {
        ulong first = found << unused;
        ulong second = operand << unused;
        return operation switch
        {
            0 => found + operand,                       // ADD
            1 => found & ~operand,                      // CLR
            2 => found ^ operand,                       // EOR
            3 => found | operand,                       // SET
            4 => (long)first > (long)second ? found : operand,
            5 => (long)first < (long)second ? found : operand,
            6 => first > second ? found : operand,
            7 => first < second ? found : operand,
            _ => operand,                               // SWP
        };
    }

    private static bool CompareAndSwap(GuestAccess* access, LoadStore* instruction, ulong address, uint count, bool isBigEndian)
    {
        uint element = 1u << instruction->Size;
        ulong mask = ulong.MaxValue >> (int)(64 - (8 * element));
        byte* data = (byte*)&access->Low;
        VirtualCpu* vcpu = access->Vcpu;
        if (!GuestAccess.Transfer(access, address, count * element, isWrite: false))
        {
            return false;
        }

        ulong first = Get(data, element, isBigEndian);
        ulong second = count == 2 ? Get(data + element, element, isBigEndian) : 0;
        if (first == (GetGeneral(vcpu, instruction->Operand) & mask) && (count == 1 || second == (GetGeneral(vcpu, instruction->Operand + 1) & mask)))
        {
            Put(data, GetGeneral(vcpu, instruction->Target), element, isBigEndian);
            Put(data + element, GetGeneral(vcpu, instruction->Target + 1), count == 2 ? element : 0, isBigEndian);
        }

        if (!GuestAccess.Transfer(access, address, count * element, isWrite: true))
        {
            return false;
        }

        SetGeneral(vcpu, instruction->Operand, first);
        if (count == 2)
        {
            SetGeneral(vcpu, instruction->Operand + 1, second);
        }

        return true;
    }

    private static bool Vector(GuestAccess* access, LoadStore* instruction, ulong address, uint number, bool isBigEndian)
    {
        uint element = 1u << instruction->Size;
        byte* data = (byte*)&access->Low;
        if (!instruction->IsLoad)
        {
            VectorState.Read(number, &access->Low);
            Reverse(data, isBigEndian ? element : 0);
            return GuestAccess.Transfer(access, address, element, isWrite: true);
        }

        access->Low = access->High = 0;
        if (!GuestAccess.Transfer(access, address, element, isWrite: false))
        {
            return false;
        }

        Reverse(data, isBigEndian ? element : 0);
        VectorState.Write(number, &access->Low);
        return true;
    }

    // Elements of one register that are neighbours in memory too come eight bytes at a time, unless they have to be turned.
    private static bool Structures(GuestAccess* access, LoadStore* instruction, ulong address, bool isBigEndian)
    {
        bool isTurned = isBigEndian && instruction->Size != 0;
        uint element = instruction->Elements == 1 && !isTurned ? HalfVector : 1u << instruction->Size;
        uint count = RegisterSize(instruction) / element;
        for (uint repeat = 0; repeat < instruction->Repeats; repeat++)
        {
            for (uint lane = 0; lane < count; lane++)
            {
                for (uint within = 0; within < instruction->Elements; within++, address += element)
                {
                    uint number = (instruction->Target + repeat + within) & 31;
                    if (!Lane(access, instruction->IsLoad, address, number, lane, element, isTurned, isFirst: lane == 0))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static bool Lanes(GuestAccess* access, LoadStore* instruction, ulong address, bool isBigEndian)
    {
        uint element = 1u << instruction->Size;
        for (uint within = 0; within < instruction->Elements; within++, address += element)
        {
            uint number = (instruction->Target + within) & 31;
            if (instruction->Kind == LoadStoreKind.Lane)
            {
                if (!Lane(access, instruction->IsLoad, address, number, instruction->Lane, element, isBigEndian, isFirst: false))
                {
                    return false;
                }

                continue;
            }

            if (!GuestAccess.Transfer(access, address, element, isWrite: false))
            {
                return false;
            }

            ulong value = Get((byte*)&access->Low, element, isBigEndian);
            access->Low = access->High = 0;
            for (uint at = 0; at < RegisterSize(instruction); at += element)
            {
                Put((byte*)&access->Low + at, value, element, isBigEndian: false);
            }

            VectorState.Write(number, &access->Low);
        }

        return true;
    }

    // One element between memory and its lane. The other lanes of a load stay, or are zero before the first of them.
    private static bool Lane(GuestAccess* access, bool isLoad, ulong address, uint number, uint lane, uint element, bool isTurned, bool isFirst)
    {
        byte* data = (byte*)&access->Low;
        if (!isLoad)
        {
            VectorState.Read(number, &access->Low);
            Put(data, Get(data + (lane * element), element, isBigEndian: false), element, isTurned);
            return GuestAccess.Transfer(access, address, element, isWrite: true);
        }

        if (!GuestAccess.Transfer(access, address, element, isWrite: false))
        {
            return false;
        }

        ulong value = Get(data, element, isTurned);
        access->Low = access->High = 0;
        if (!isFirst)
        {
            VectorState.Read(number, &access->Low);
        }

        Put(data + (lane * element), value, element, isBigEndian: false);
        VectorState.Write(number, &access->Low);
        return true;
    }

    private static bool ZeroBlock(GuestAccess* access, ulong address)
    {
        access->Low = 0;
        for (uint at = 0; at < BlockSize; at++)
        {
            if (!GuestAccess.Transfer(access, address + at, 1, isWrite: true))
            {
                return false;
            }
        }

        return true;
    }

    private static uint RegisterSize(LoadStore* instruction) => instruction->IsQuad ? VectorSize : HalfVector;

    private static ulong GetGeneral(VirtualCpu* vcpu, uint number) => number == ZeroRegister ? 0 : vcpu->X[number];

    // XZR's place is nobody's.
    private static void SetGeneral(VirtualCpu* vcpu, uint number, ulong value) => ((ulong*)vcpu)[number] = value;

    private static ulong Extend(LoadStore* instruction, ulong value)
    {
        if (!instruction->IsSigned)
        {
            return value;
        }

        int unused = 64 - (8 << instruction->Size);
        value = (ulong)((long)(value << unused) >> unused);
        return instruction->IsWide ? value : (uint)value;
    }

    private static ulong Get(byte* at, uint size, bool isBigEndian)
    {
        ulong value = 0;
        for (uint i = 0; i < size; i++)
        {
            value |= (ulong)at[isBigEndian ? size - 1 - i : i] << (int)(8 * i);
        }

        return value;
    }

    private static void Put(byte* at, ulong value, uint size, bool isBigEndian)
    {
        for (uint i = 0; i < size; i++)
        {
            at[isBigEndian ? size - 1 - i : i] = (byte)(value >> (int)(8 * i));
        }
    }

    private static void Reverse(byte* at, uint size)
    {
        for (uint i = 0; i < size / 2; i++)
        {
            byte first = at[i];
            at[i] = at[size - 1 - i];
            at[size - 1 - i] = first;
        }
    }
}
