// Why Nestor took an exception, in the words of who must find the mistake.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The reason of a panic, decoded from the exception.</summary>
public static unsafe class PanicReason
{
    private const uint InstructionAbort = 0x21;
    private const uint DataAbort = 0x25;
    private const uint Breakpoint = 0x3c;

    /// <summary>BRK's immediate in nestor_failed_check, boot/Start.S.</summary>
    private const ulong FailedCheck = 0x4e;

    /// <summary>Writes the reason, without an end of line.</summary>
    public static void Write(PanicFrame* frame, ulong vector)
    {
        switch (vector & 3)
        {
            case 0:
                Synchronous(frame);
                break;
            case 1:
                Console.Write("IRQ at EL2"u8);
                break;
            case 2:
                Console.Write("FIQ at EL2"u8);
                break;
            default:
                Console.Write("SError at EL2"u8);
                break;
        }
    }

    private static void Synchronous(PanicFrame* frame)
    {
        switch ((uint)Syndrome.Class(frame->Syndrome))
        {
            case 0:
                Console.Write("undefined instruction"u8);
                break;
            case InstructionAbort:
                Abort(frame, "jump to "u8);
                break;
            case DataAbort when Stacks.IsGuard(frame->FaultAddress):
                Console.Write("stack overflow"u8);
                break;
            case DataAbort:
                const ulong WriteNotRead = 1 << 6;
                Abort(frame, (frame->Syndrome & WriteNotRead) != 0 ? "data abort, write to "u8 : "data abort, read of "u8);
                break;
            case Breakpoint when (frame->Syndrome & 0xffff) == FailedCheck:
                Console.Write("failed check (bounds, overflow, division, cast)"u8);
                break;
            default:
                Console.Write(ExceptionClassName.Of(frame->Syndrome));
                break;
        }
    }

    private static void Abort(PanicFrame* frame, ReadOnlySpan<byte> what)
    {
        Console.Write(what);
        Console.WriteHex(frame->FaultAddress);
        Console.Write(Fault(frame->Syndrome & 0x3f));
    }

    // DFSC and IFSC (Arm ARM D19.2.37).
    private static ReadOnlySpan<byte> Fault(ulong status)
    {
        switch (status >> 2)
        {
            case 0: return ": address size fault"u8;
            case 1: return ": nothing is mapped there"u8;
            case 2: return ": access flag fault"u8;
            case 3: return ": permission fault"u8;
            case 4:
            case 5: return ": external abort"u8;
            case 8: return status == 0x21 ? ": alignment fault"u8 : ": fault"u8;
            default: return ": fault"u8;
        }
    }
}
