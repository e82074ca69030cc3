// The machine's serial port (PrimeCell UART PL011, Arm DDI 0183).

namespace Nestor.Hal;

/// <summary>One PL011. Output is polled: the console must work when nothing else does.</summary>
public unsafe struct Pl011
{
    private const uint TransmitFull = 1 << 5;
    private const uint ReceiveEmpty = 1 << 4;
    private const uint ReceiveInterrupts = (1 << 4) | (1 << 6);
    private const uint EightBits = 3 << 5;
    private const uint FifosOn = 1 << 4;

    private Registers* _registers;

    /// <summary>Whether there is a port to speak through.</summary>
    public readonly bool IsPresent => _registers != null;

    /// <summary>Whether a byte has come to a port that is not open yet. Opening keeps it.</summary>
    public static bool HasByte(ulong address) => (((Registers*)address)->Flags & ReceiveEmpty) == 0;

    /// <summary>
    /// The port at an address: 8 data bits, receive interrupts off. The FIFOs stay as they are: a change of UARTLCR_H.FEN drops the
    /// bytes that came before it, and QEMU then may not look at its own input again. Without FIFOs one byte waits here and the rest in QEMU.
    /// </summary>
    public void Open(ulong address)
    {
        _registers = (Registers*)address;
        _registers->InterruptMask = 0;
        _registers->LineControl = EightBits | (_registers->LineControl & FifosOn);
        _registers->Control = 0x301;
    }

    /// <summary>Lets 16 bytes wait in the port, not one. A byte that waits now is lost: take it before.</summary>
    public readonly void TurnFifosOn() => _registers->LineControl |= FifosOn;

    /// <summary>Lets received bytes interrupt.</summary>
    public readonly void EnableReceiveInterrupt() => _registers->InterruptMask = ReceiveInterrupts;

    /// <summary>Leaves received bytes where they are, without an interrupt.</summary>
    public readonly void DisableReceiveInterrupt() => _registers->InterruptMask = 0;

    /// <summary>Sends a byte, when there is room for it.</summary>
    public readonly void Send(byte value)
    {
        // Bounded: a port that never drains loses output, it does not stop the machine.
        for (int i = 0; i < 1_000_000 && (_registers->Flags & TransmitFull) != 0; i++)
        {
        }

        _registers->Data = value;
    }

    /// <summary>Takes a received byte; false when there is none, and then the next one interrupts.</summary>
    public readonly bool TryReceive(out byte value)
    {
        if ((_registers->Flags & ReceiveEmpty) != 0)
        {
            // A port raises its interrupt when the first byte comes. One that was left raised without a byte would interrupt for ever;
            // a byte that comes before it is cleared would never interrupt. So: clear it, then look again.
            _registers->InterruptClear = ReceiveInterrupts;
            if ((_registers->Flags & ReceiveEmpty) != 0)
            {
                value = 0;
                return false;
            }
        }

        value = (byte)_registers->Data;
        return true;
    }

#pragma warning disable CS0649, CS0169 // hardware's fields
    private struct Registers
    {
        public volatile uint Data;              // 0x00
        private fixed uint _reserved0[5];
        public volatile uint Flags;             // 0x18
        private fixed uint _reserved1[4];
        public volatile uint LineControl;       // 0x2c
        public volatile uint Control;           // 0x30
        private uint _fifoLevel;
        public volatile uint InterruptMask;     // 0x38
        private fixed uint _reserved2[2];
        public volatile uint InterruptClear;    // 0x44
    }
#pragma warning restore CS0649, CS0169
}
