// What stands for a number in a command: numbers, registers of the chosen vCPU and names of its guest, added and
// subtracted: pc-16, x0+0x40, schedule+8; the first may be negative: -1.
// `sp` is the stack pointer that is in use.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Sums of numbers, registers and names.</summary>
public static unsafe class Expression
{
    /// <summary>Computes a word. False, with the error, when it makes no sense.</summary>
    public static bool TryValue(VirtualCpu* vcpu, ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        bool isNegative = text.Length > 1 && text[0] == '-';
        int at = isNegative ? 1 : 0;
        while (true)
        {
            int end = at;
            while (end < text.Length && text[end] is not ((byte)'+' or (byte)'-'))
            {
                end++;
            }

            if (!TryTerm(vcpu, text.Slice(at, end - at), out ulong term))
            {
                Complain(vcpu, text, text.Slice(at, end - at));
                return false;
            }

            value = isNegative ? value - term : value + term;
            if (end == text.Length)
            {
                return true;
            }

            isNegative = text[end] == '-';
            at = end + 1;
        }
    }

    private static bool TryTerm(VirtualCpu* vcpu, ReadOnlySpan<byte> text, out ulong value)
    {
        if (Letters.TryNumber(text, out value))
        {
            return true;
        }

        ulong id = Id(vcpu, text);
        return id != 0 ? VcpuView.TryGet(vcpu, id, out value) : GuestSymbols.TryAddress(vcpu, text, out value);
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Complain(VirtualCpu* vcpu, ReadOnlySpan<byte> text, ReadOnlySpan<byte> term)
    {
        if (GuestSymbols.IsName(vcpu, term))
        {
            Output.Error("the guest's kernel has not set its vectors yet, so nobody knows where this is:"u8, term);
        }
        else if (text.IsEmpty)
        {
            Output.Error("a number is missing"u8);
        }
        else
        {
            Output.Error("bad expression"u8, text);
        }
    }

    /// <summary>The id of a register by its name, or by what it is called in code: sp where the vCPU is, lr; 0 when there is none.</summary>
    internal static ulong Id(VirtualCpu* vcpu, ReadOnlySpan<byte> name)
    {
        const uint LinkRegister = 30;
        return Letters.AreEqual(name, "sp"u8) ? RegisterId.Of(VcpuView.StackPointer(vcpu))
            : Letters.AreEqual(name, "lr"u8) ? RegisterId.General + LinkRegister : RegisterName.Find(name);
    }
}
