// FP, SIMD, SVE and SME state: switched with the vCPU, never per trap. Kept in pages behind the vCPU's structure, as much as
// this CPU's vector lengths need.

using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The vector state of a vCPU.</summary>
public static unsafe class VectorState
{
    private const ulong MaximumLength = 0xf;
    private const ulong FullStreaming = 1UL << 31;      // SMCR_EL2.FA64
    private const ulong LookupTable = 1UL << 30;        // SMCR_EL2.EZT0
    private const ulong Streaming = 1;                  // SVCR.SM
    private const ulong ArrayOn = 2;                    // SVCR.ZA
    private const ulong LookupTableSize = 64;
    private const ulong ControlSize = 64;               // FPCR and FPSR
    private const ulong FpSize = 32 * 16;

    private static ulong s_arrayAt;
    private static ulong s_size;
    private static ulong s_length;
    private static ulong s_streamingLength;

    /// <summary>Bytes behind the vCPU's structure. Known after <see cref="Measure"/>.</summary>
    public static ulong Size => s_size;

    /// <summary>Asks the CPU for its vector lengths.</summary>
    public static void Measure()
    {
        Open();
        ulong length = Features.Sve ? Length() : 0;
        ulong streaming = Features.Sme ? StreamingLength() : 0;
        s_length = Features.Sve ? length : FpSize / 32;
        s_streamingLength = streaming;
        ulong longest = length > streaming ? length : streaming;

        // 32 vectors, 16 predicates and FFR of an eighth each; the array of SME is as many vectors as a vector has bytes.
        s_arrayAt = longest == 0 ? FpSize : (32 * longest) + (17 * longest / 8);
        s_arrayAt = (s_arrayAt + 63) & ~63UL;
        s_size = s_arrayAt + (streaming * streaming) + ControlSize + LookupTableSize;
    }

    /// <summary>
    /// A 64-bit word of the state of a vCPU that is out of its CPU. Null when the vCPU has none such at this moment: which and how
    /// many there are depends on SVCR.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="kind">0: Z (or V), 1: P, 2: FFR, 3: a row of ZA, 4: ZT0, 5: FPCR and FPSR.</param>
    /// <param name="number">Which register.</param>
    /// <param name="word">Which of its words.</param>
    public static byte* Word(VirtualCpu* vcpu, uint kind, uint number, uint word)
    {
        byte* area = (byte*)vcpu + VirtualCpu.Size;
        bool isStreaming = (vcpu->StreamingControl & Streaming) != 0;
        bool hasArray = (vcpu->StreamingControl & ArrayOn) != 0;
        ulong length = isStreaming ? s_streamingLength : s_length;
        ulong offset = word * (ulong)sizeof(ulong);
        ulong size = length;
        uint count = 32;
        switch (kind)
        {
            case 0:
                break;
            case 1:
            case 2:
                // A predicate has a bit for a byte, FFR behind the last. Of short ones a word reaches into the next: no harm.
                size = length / 8;
                area += (32 * length) + (kind == 2 ? 16 * size : 0);
                count = !Features.Sve && !isStreaming ? 0u : kind == 2 ? 1u : 16;
                break;
            case 3:
                area += s_arrayAt;
                size = s_streamingLength;
                count = hasArray ? (uint)size : 0;
                break;
            case 4:
                area += s_size - LookupTableSize;
                size = LookupTableSize;
                count = hasArray && Features.Sme2 ? 1u : 0;
                break;
            case 5:
                area += s_size - LookupTableSize - ControlSize;
                size = 2 * sizeof(ulong);
                count = 1;
                break;
            default:
                return null;
        }

        return number < count && offset < size ? area + (number * size) + offset : null;
    }

    /// <summary>Zeroes vectors, predicates, SME's array, FPCR and FPSR. A new vCPU has them so. The vCPU must not be loaded.</summary>
    public static void Clear(VirtualCpu* vcpu) => Instructions.ZeroWords(Area(vcpu), s_size);

    /// <summary>Takes the vCPU's vectors out of the CPU. Traps of vector registers must be open.</summary>
    public static void Save(VirtualCpu* vcpu)
    {
        Open();
        byte* area = Area(vcpu);
        SaveControl((byte*)ControlRegister(vcpu));
        vcpu->StreamingControl = Features.Sme ? ReadStreamingControl() : 0;
        if ((vcpu->StreamingControl & ArrayOn) != 0)
        {
            SaveArray(area + s_arrayAt);
            if (Features.Sme2)
            {
                SaveLookupTable(area + s_size - LookupTableSize);
            }
        }

        if (Features.Sve || (vcpu->StreamingControl & Streaming) != 0)
        {
            SaveSve(area, (vcpu->StreamingControl & Streaming) == 0 ? 1UL : 0);
        }
        else
        {
            SaveFp(area);
        }
    }

    /// <summary>Puts them into it.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        Open();
        byte* area = Area(vcpu);
        if (Features.Sme)
        {
            WriteStreamingControl(vcpu->StreamingControl);
        }

        LoadControl((byte*)ControlRegister(vcpu));      // a change of SVCR.SM sets FPSR

        if ((vcpu->StreamingControl & ArrayOn) != 0)
        {
            LoadArray(area + s_arrayAt);
            if (Features.Sme2)
            {
                LoadLookupTable(area + s_size - LookupTableSize);
            }
        }

        if (Features.Sve || (vcpu->StreamingControl & Streaming) != 0)
        {
            LoadSve(area, (vcpu->StreamingControl & Streaming) == 0 ? 1UL : 0);
        }
        else
        {
            LoadFp(area);
        }
    }

    /// <summary>A vector of a vCPU that is not in its CPU: the 128 bits that it has for programs without SVE.</summary>
    public static ulong* Vector(VirtualCpu* vcpu, uint number) =>
        (ulong*)(Area(vcpu) + (number * ((vcpu->StreamingControl & Streaming) != 0 ? s_streamingLength : s_length)));

    /// <summary>FPCR of a vCPU that is not in its CPU.</summary>
    public static ulong* ControlRegister(VirtualCpu* vcpu) => (ulong*)(Area(vcpu) + s_size - LookupTableSize - ControlSize);

    /// <summary>FPSR of a vCPU that is not in its CPU.</summary>
    public static ulong* StatusRegister(VirtualCpu* vcpu) => ControlRegister(vcpu) + 1;

    private static byte* Area(VirtualCpu* vcpu) => (byte*)vcpu + VirtualCpu.Size;

    // The longest vectors, so that nothing is cut off.
    private static void Open()
    {
        HostRegisters.SetVectorLengths(PerCpu.Current, MaximumLength, MaximumLength | FullStreaming | (Features.Sme2 ? LookupTable : 0));
        Instructions.Isb();
    }

    /// <summary>The 128 bits of a vector register in hardware: the loaded vCPU's.</summary>
    [RuntimeImport("*", "vector_state_read")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Read(uint number, ulong* to);

    /// <summary>Writes them; what SVE has above is zero then, as after each SIMD instruction.</summary>
    [RuntimeImport("*", "vector_state_write")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void Write(uint number, ulong* from);

    [RuntimeImport("*", "vector_state_save_fp")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SaveFp(byte* area);

    [RuntimeImport("*", "vector_state_load_fp")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void LoadFp(byte* area);

    [RuntimeImport("*", "vector_state_save_sve")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SaveSve(byte* area, ulong withFfr);

    [RuntimeImport("*", "vector_state_load_sve")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void LoadSve(byte* area, ulong withFfr);

    [RuntimeImport("*", "vector_state_save_za")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SaveArray(byte* area);

    [RuntimeImport("*", "vector_state_load_za")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void LoadArray(byte* area);

    [RuntimeImport("*", "vector_state_save_zt0")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SaveLookupTable(byte* area);

    [RuntimeImport("*", "vector_state_load_zt0")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void LoadLookupTable(byte* area);

    [RuntimeImport("*", "vector_state_save_control")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void SaveControl(byte* area);

    [RuntimeImport("*", "vector_state_load_control")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void LoadControl(byte* area);

    [RuntimeImport("*", "vector_state_read_svcr")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong ReadStreamingControl();

    [RuntimeImport("*", "vector_state_write_svcr")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern void WriteStreamingControl(ulong value);

    [RuntimeImport("*", "vector_state_length")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong Length();

    [RuntimeImport("*", "vector_state_streaming_length")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong StreamingLength();
}
