{ captask for Free Pascal and Delphi.

  No method blocks for a task: Submit returns a ticket at once, and Receive gives out the answer of whichever task is
  finished next. A console program calls Receive with a timeout in a loop. A program with forms calls it from a TTimer
  with a timeout of 0, until it returns False: no thread, no Synchronize, and the forms stay alive.

  captask_solve is not here: it would hold the thread that calls it, for minutes perhaps. }

unit captask;

{ This file is UTF-8, and so are the texts of the library. }
{$ifdef FPC}{$mode delphi}{$codepage utf8}{$endif}

interface

uses
  SysUtils;

type
  { An answer of the library whose errorId is not 0. }
  ECaptask = class(Exception)
  public
    Answer: UTF8String;
    constructor Create(const TheAnswer: UTF8String);
  end;

  { A client of the service. Every method may be called from every thread. }
  TCaptask = class
  private
    FHandle: Integer;
  public
    { Opens a client; raises ECaptask when the configuration is wrong. }
    constructor Create(const Config: UTF8String);
    { Closes it. Tasks in flight are given up; to learn their taskIds call Stop first and receive until Closed. }
    destructor Destroy; override;
    { Buys a task, or adopts one, and returns its ticket; raises ECaptask when it is refused. Nothing was sent then. }
    function Submit(const Request: UTF8String): Int64;
    { The next answer, and whose it is: a JSON object, an error's or not. False when none came within the milliseconds. }
    function Receive(Milliseconds: Integer; out Ticket: Int64; out Answer: UTF8String): Boolean;
    { Gives a ticket up; its answer, CAPTASK_CANCELLED, is still to be received. False when it is answered already. }
    function Cancel(Ticket: Int64): Boolean;
    { No new tasks; what is in flight ends as CAPTASK_CLOSED. After the last answer Receive gives one with ticket 0. }
    procedure Stop;
  end;

{ One value of a JSON text by its RFC 6901 pointer: a string bare, anything else as JSON; '' when it is not there. }
function Pick(const Json, Pointer: UTF8String): UTF8String;
{ A text as a JSON string literal, quotes included. }
function Quote(const Text: UTF8String): UTF8String;
{ Pascal lets the processor trap on floating-point conditions that C code, and so the library, takes for granted. This
  turns the traps off in the thread that calls it. The main thread has done so; each further thread that calls captask
  has to. }
procedure UntrapThread;

implementation

uses
  Math;

const
{$ifdef MSWINDOWS}
  Library_ = 'captask.dll';
{$else}
  Library_ = 'captask';
{$endif}

function captask_open(config: PAnsiChar; var error: PAnsiChar): Integer; cdecl; external Library_;
function captask_stop(client: Integer): Integer; cdecl; external Library_;
function captask_close(handle: Integer): Integer; cdecl; external Library_;
function captask_submit(client: Integer; request: PAnsiChar; var error: PAnsiChar): Int64; cdecl; external Library_;
function captask_receive_ticket(client, timeout_ms: Integer; var ticket: Int64): PAnsiChar; cdecl; external Library_;
function captask_cancel(client: Integer; ticket: Int64): Integer; cdecl; external Library_;
function captask_pick(json, pointer: PAnsiChar): PAnsiChar; cdecl; external Library_;
function captask_quote(text: PAnsiChar): PAnsiChar; cdecl; external Library_;
procedure captask_free(text: PAnsiChar); cdecl; external Library_;

{ Copies a text that the library returned, and frees it; '' for nil. }
function Take(Text: PAnsiChar): UTF8String;
begin
  Result := UTF8String(Text);
  captask_free(Text);
end;

function Pick(const Json, Pointer: UTF8String): UTF8String;
begin
  Result := Take(captask_pick(PAnsiChar(Json), PAnsiChar(Pointer)));
end;

function Quote(const Text: UTF8String): UTF8String;
begin
  Result := Take(captask_quote(PAnsiChar(Text)));
end;

procedure UntrapThread;
begin
  SetExceptionMask([exInvalidOp, exDenormalized, exZeroDivide, exOverflow, exUnderflow, exPrecision]);
end;

constructor ECaptask.Create(const TheAnswer: UTF8String);
begin
  inherited Create(string(Pick(TheAnswer, '/errorCode') + ': ' + Pick(TheAnswer, '/errorDescription')));
  Answer := TheAnswer;
end;

constructor TCaptask.Create(const Config: UTF8String);
var
  Error: PAnsiChar;
begin
  Error := nil;
  FHandle := captask_open(PAnsiChar(Config), Error);
  if FHandle = 0 then
    raise ECaptask.Create(Take(Error));
end;

destructor TCaptask.Destroy;
begin
  captask_close(FHandle);
  inherited;
end;

function TCaptask.Submit(const Request: UTF8String): Int64;
var
  Error: PAnsiChar;
begin
  Error := nil;
  Result := captask_submit(FHandle, PAnsiChar(Request), Error);
  if Result = 0 then
    raise ECaptask.Create(Take(Error));
end;

function TCaptask.Receive(Milliseconds: Integer; out Ticket: Int64; out Answer: UTF8String): Boolean;
var
  Text: PAnsiChar;
begin
  Ticket := 0;
  Text := captask_receive_ticket(FHandle, Milliseconds, Ticket);
  Result := Text <> nil;
  Answer := Take(Text);
end;

function TCaptask.Cancel(Ticket: Int64): Boolean;
begin
  Result := captask_cancel(FHandle, Ticket) = 1;
end;

procedure TCaptask.Stop;
begin
  captask_stop(FHandle);
end;

initialization
  { Threads of the library inherit it. }
  UntrapThread;
end.
