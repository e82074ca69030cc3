// The primitive types. ilc and the C# compiler know them by name; each needs only its one field so that it has a size.

namespace System;

public class Object
{
#pragma warning disable CS0169, CS0649 // the type pointer in front of every object; ilc fills it in.
    internal unsafe Internal.Runtime.MethodTable* m_pEEType;
#pragma warning restore CS0169, CS0649

    public Object() { }

    ~Object() { }

    public virtual bool Equals(object other) => this == other;

    public virtual int GetHashCode() => 0;

    public virtual string ToString() => "";
}

public abstract class ValueType { }

public abstract class Enum : ValueType { }

public struct Void { }

public struct Boolean { private bool _value; }

public struct Char { private char _value; }

public struct SByte { private sbyte _value; }

public struct Byte
{
    public const byte MaxValue = 255;

    private byte _value;
}

public struct Int16 { private short _value; }

public struct UInt16
{
    public const ushort MaxValue = 65535;

    private ushort _value;
}

public struct Int32
{
    public const int MaxValue = 0x7fff_ffff;

    private int _value;
}

public struct UInt32
{
    public const uint MaxValue = 0xffff_ffff;

    private uint _value;
}

public struct Int64
{
    public const long MaxValue = 0x7fff_ffff_ffff_ffff;

    private long _value;
}

public struct UInt64
{
    public const ulong MaxValue = 0xffff_ffff_ffff_ffff;

    private ulong _value;
}

public struct IntPtr { private unsafe void* _value; }

public struct UIntPtr { private unsafe void* _value; }

public struct Single { private float _value; }

public struct Double { private double _value; }

public struct Nullable<T> where T : struct
{
    private readonly bool _hasValue;
    private readonly T _value;

    public Nullable(T value)
    {
        _hasValue = true;
        _value = value;
    }

    public readonly bool HasValue => _hasValue;

    public readonly T GetValueOrDefault() => _value;
}

public struct RuntimeTypeHandle { private IntPtr _value; }

public struct RuntimeMethodHandle { private IntPtr _value; }

public struct RuntimeFieldHandle { private IntPtr _value; }

public abstract class Type { }

public abstract class RuntimeType : Type { }

public abstract class Array
{
#pragma warning disable CS0649 // laid out by ilc.
    internal int _numComponents;
#pragma warning restore CS0649

    public int Length => _numComponents;
}

public class Array<T> : Array { }

public abstract class Delegate { }

public abstract class MulticastDelegate : Delegate { }

public class Exception { }

public interface IDisposable
{
    void Dispose();
}

public struct ByReference { }
