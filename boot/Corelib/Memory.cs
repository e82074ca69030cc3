// Spans, Unsafe and the block operations. Plain loops of words: no SIMD may appear in the image (a guest's vector
// registers are live while the kernel runs).

using System.Runtime.CompilerServices;

namespace System.Runtime.CompilerServices
{
    public static unsafe class Unsafe
    {
        // ilc replaces the bodies of these by their IL (System.Private.CoreLib names).
        [Intrinsic]
        public static extern ref T Add<T>(ref T source, int elementOffset);

        [Intrinsic]
        public static extern ref TTo As<TFrom, TTo>(ref TFrom source);

        [Intrinsic]
        public static extern void* AsPointer<T>(ref readonly T value);

        [Intrinsic]
        public static extern ref T AsRef<T>(void* source);

        [Intrinsic]
        public static extern int SizeOf<T>();
    }

    public static class RuntimeHelpers
    {
        public static unsafe int OffsetToStringData => sizeof(IntPtr) + sizeof(int);

        [Intrinsic]
        public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);

        [Intrinsic]
        public static extern ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fldHandle);

        [Intrinsic]
        public static extern bool IsReferenceOrContainsReferences<T>();
    }
}

namespace System
{
    public readonly ref struct ReadOnlySpan<T>
    {
        private readonly ref T _reference;
        private readonly int _length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe ReadOnlySpan(void* pointer, int length)
        {
            _reference = ref Unsafe.AsRef<T>(pointer);
            _length = length;
        }

        // The compiler asks for the array constructors when it sees a `u8` literal; nothing here ever has an array.
        public ReadOnlySpan(T[] array) => Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowNotSupportedException();

        public ReadOnlySpan(T[] array, int start, int length) => Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowNotSupportedException();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal ReadOnlySpan(ref T reference, int length)
        {
            _reference = ref reference;
            _length = length;
        }

        public int Length => _length;

        public bool IsEmpty => _length == 0;

        public ref readonly T this[int index]
        {
            [Intrinsic]
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if ((uint)index >= (uint)_length)
                {
                    Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
                }

                return ref Unsafe.Add(ref _reference, index);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ReadOnlySpan<T> Slice(int start) => Slice(start, _length - start);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ReadOnlySpan<T> Slice(int start, int length)
        {
            if ((ulong)(uint)start + (uint)length > (uint)_length)
            {
                Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), length);
        }

        public ref readonly T GetPinnableReference() => ref _reference;
    }

    public readonly ref struct Span<T>
    {
        private readonly ref T _reference;
        private readonly int _length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe Span(void* pointer, int length)
        {
            _reference = ref Unsafe.AsRef<T>(pointer);
            _length = length;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Span(ref T reference, int length)
        {
            _reference = ref reference;
            _length = length;
        }

        public int Length => _length;

        public ref T this[int index]
        {
            [Intrinsic]
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if ((uint)index >= (uint)_length)
                {
                    Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
                }

                return ref Unsafe.Add(ref _reference, index);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Span<T> Slice(int start, int length)
        {
            if ((ulong)(uint)start + (uint)length > (uint)_length)
            {
                Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return new Span<T>(ref Unsafe.Add(ref _reference, start), length);
        }

        public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(ref span._reference, span._length);

        public ref T GetPinnableReference() => ref _reference;
    }

    /// <summary>The block operations that ilc calls for copies too large to unroll.</summary>
    internal static unsafe class SpanHelpers
    {
        internal static void Memmove(ref byte destination, ref byte source, nuint length)
        {
            byte* to = (byte*)Unsafe.AsPointer(ref destination);
            byte* from = (byte*)Unsafe.AsPointer(ref source);
            if (to <= from || to >= from + length)
            {
                for (nuint i = 0; i < length; i++)
                {
                    to[i] = from[i];
                }

                return;
            }

            for (nuint i = length; i > 0; i--)
            {
                to[i - 1] = from[i - 1];
            }
        }

        internal static void Fill(ref byte destination, byte value, nuint length)
        {
            byte* to = (byte*)Unsafe.AsPointer(ref destination);
            for (nuint i = 0; i < length; i++)
            {
                to[i] = value;
            }
        }

        internal static void ClearWithoutReferences(ref byte destination, nuint length)
        {
            byte* to = (byte*)Unsafe.AsPointer(ref destination);
            for (nuint i = 0; i < length; i++)
            {
                to[i] = 0;
            }
        }
    }

    internal static class Buffer
    {
        internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint length) =>
            SpanHelpers.Memmove(ref destination, ref source, length);
    }
}
