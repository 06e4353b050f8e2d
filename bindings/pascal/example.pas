{ captask from Free Pascal and Delphi: solves one task and handles one error.

      fpc -Fl/folder/of/libcaptask example.pas && LD_LIBRARY_PATH=/folder/of/libcaptask ./example }

program example;

{ This file is UTF-8, and so are the texts of the library. }
{$ifdef FPC}{$mode delphi}{$codepage utf8}{$endif}
{$apptype console}

uses
  Math;

const
{$ifdef MSWINDOWS}
  CaptaskLibrary = 'captask.dll';
{$else}
  CaptaskLibrary = 'captask';
{$endif}

function captask_open(config: PAnsiChar; var error: PAnsiChar): Integer; cdecl; external CaptaskLibrary;
function captask_close(handle: Integer): Integer; cdecl; external CaptaskLibrary;
function captask_solve(client: Integer; request: PAnsiChar): PAnsiChar; cdecl; external CaptaskLibrary;
function captask_pick(json, pointer: PAnsiChar): PAnsiChar; cdecl; external CaptaskLibrary;
procedure captask_free(text: PAnsiChar); cdecl; external CaptaskLibrary;

{ Copies a text that the library returned, and frees it; '' for nil. }
function Take(text: PAnsiChar): UTF8String;
begin
  Result := UTF8String(text);
  captask_free(text);
end;

function Solve(client: Integer; const request: UTF8String): UTF8String;
begin
  Result := Take(captask_solve(client, PAnsiChar(request)));
end;

function Pick(const json, pointer: UTF8String): UTF8String;
begin
  Result := Take(captask_pick(PAnsiChar(json), PAnsiChar(pointer)));
end;

const
  Request = '{"task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}}';

var
  Client: Integer;
  Error: PAnsiChar;
  Token, Refused, Code: UTF8String;

begin
  { Pascal lets the processor trap on floating-point conditions that C code, and so the library, takes for granted.
    Threads of the library inherit this setting. }
  SetExceptionMask([exInvalidOp, exDenormalized, exZeroDivide, exOverflow, exUnderflow, exPrecision]);

  Error := nil;
  Client := captask_open('{"endpoint":"sandbox:"}', Error);
  if Client = 0 then
  begin
    WriteLn(Take(Error));
    Halt(1);
  end;

  try
    Token := Pick(Solve(Client, Request), '/solution/token');
    WriteLn('token: ', Token);

    { A task that is there to be refused. }
    Refused := Solve(Client, '{"task":{"type":"NoSuchTask"}}');
    Code := Pick(Refused, '/errorCode');
    WriteLn('refused: ', Code, ': ', Pick(Refused, '/errorDescription'));
  finally
    captask_close(Client);
  end;
  if (Token = '') or (Code <> 'ERROR_TASK_NOT_SUPPORTED') then
    Halt(1);
end.
